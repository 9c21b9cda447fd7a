import type { Layer } from '../objects/kind.ts';
import type { Picture } from '../objects/picture.ts';
import { titleOf } from '../objects/title.ts';

export interface Found {
  readonly key: string;
  readonly title: string;
  readonly series: string;
  readonly layer: Layer;
}

const MOST = 8;

/** Objects whose name or series has the words of a query, those that begin with it first. */
export function findObjects(picture: Picture, query: string, hidden: ReadonlySet<string>): Found[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const found: (Found & { rank: number })[] = [];
  for (const object of picture.objects()) {
    if (hidden.has(object.stream)) continue;
    const { key, series, layer } = object;
    const title = titleOf(picture, object);
    const names = [title.toLowerCase(), series.toLowerCase()];
    if (!names.some((name) => name.includes(wanted))) continue;
    found.push({ key, title, series, layer, rank: names.some((name) => name.startsWith(wanted)) ? 0 : 1 });
  }
  found.sort((a, b) => a.rank - b.rank || a.title.localeCompare(b.title, 'en', { numeric: true }));
  return found.slice(0, MOST).map(({ rank: _, ...it }) => it);
}
