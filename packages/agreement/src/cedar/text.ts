/** One Cedar policy; `id` is the id under which it is loaded, and stands in its text as annotation too. */
export interface CedarPolicy {
  readonly id: string;
  readonly text: string;
}

/** A Cedar string literal. Its escapes are those of Rust: `\u{8}` where JSON writes `\b` and `\u0008`. */
export const literal = (value: string): string =>
  JSON.stringify(value)
    .replaceAll(/\\u([0-9a-f]{4})/g, (_all, hex: string) => `\\u{${hex}}`)
    .replaceAll('\\b', '\\u{8}')
    .replaceAll('\\f', '\\u{c}');

export const uid = (type: string, id: string): string => `Concord::${type}::${literal(id)}`;
const setOf = (members: readonly string[]): string => `[${members.join(', ')}]`;
export const strings = (members: readonly string[]): string => setOf(members.map(literal));
export const uids = (type: string, ids: readonly string[]): string => setOf(ids.map((id) => uid(type, id)));

/** At least one of the conditions; a list without any is never true. */
export const anyOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? 'false' : `(\n    ${conditions.map((one) => `(${one})`).join(' ||\n    ')}\n  )`;

/** `resource` has this level. */
export const hasLevel = (policy: string, level: string): string =>
  `resource.policy == ${literal(policy)} && resource.classification == ${literal(level)}`;

/** A policy of this effect whose conditions must all hold; in words what it is, and annotations for who reads it. */
export function cedarPolicy(
  effect: 'permit' | 'forbid',
  id: string,
  annotations: Readonly<Record<string, string>>,
  conditions: readonly string[],
): CedarPolicy {
  const notes = Object.entries({ id, ...annotations }).map(([name, value]) => `@${name}(${literal(value)})`);
  const text = `${notes.join('\n')}
${effect} (
  principal is Concord::Reader,
  action == Concord::Action::"release",
  resource is Concord::Item
)
when {
  ${conditions.join(' &&\n  ')}
};
`;
  return { id, text };
}
