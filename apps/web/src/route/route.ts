/** The page's screens. They live behind `#`, so the server needs to know one address only and its logs none of them. */
export type Route =
  | { readonly screen: 'picture' | 'streams' | 'grants' | 'recalls' | 'feeds' | 'ledger' }
  | { readonly screen: 'agreements'; readonly id?: string };

export type Screen = Route['screen'];

const plain = new Set<string>(['streams', 'grants', 'recalls', 'feeds', 'ledger']);

/** Route of a location's hash; what is not known leads to the picture. */
export function readRoute(hash: string): Route {
  const [screen = '', id] = hash.replace(/^#?\/?/, '').split('/');
  if (screen === 'agreements') return id ? { screen, id: decode(id) } : { screen };
  if (plain.has(screen)) return { screen: screen as 'streams' };
  return { screen: 'picture' };
}

export function hrefOf(route: Route): string {
  if (route.screen === 'picture') return '#/';
  if (route.screen === 'agreements' && route.id) return `#/agreements/${encodeURIComponent(route.id)}`;
  return `#/${route.screen}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
