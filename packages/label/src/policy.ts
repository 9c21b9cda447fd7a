import { LabelError } from './error.ts';
import type { PolicyId } from './ids.ts';
import { isWord } from './word.ts';

/** A classification policy: its levels from the lowest to the highest. */
export interface Policy {
  readonly id: PolicyId;
  readonly levels: readonly string[];
}

export type Policies = ReadonlyMap<PolicyId, Policy>;

/** Position of a level in its policy, 0 the lowest; -1 where the policy does not know it (which means deny). */
export const rank = (policy: Policy, level: string): number => policy.levels.indexOf(level);

/** True where `level` is known and at or above `floor`, which is known too. */
export function dominates(policy: Policy, level: string, floor: string): boolean {
  const bottom = rank(policy, floor);
  return bottom >= 0 && rank(policy, level) >= bottom;
}

const wrong = (path: string, why: string): never => {
  throw new LabelError('policy-field', path, why);
};

/**
 * Reads `{id, levels}`; at least one level, all of them distinct words. The id holds no blank.
 *
 * @throws LabelError `policy-field`
 */
export function readPolicy(value: unknown): Policy {
  if (typeof value !== 'object' || value === null) return wrong('', 'a policy is an object');
  const { id, levels, ...rest } = value as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) wrong(extra, 'is not a field of a policy');
  if (typeof id !== 'string' || !isWord(id) || id.includes(' ')) return wrong('id', 'is not a word');
  if (!Array.isArray(levels) || levels.length === 0)
    return wrong('levels', 'lists the levels from the lowest to the highest');
  const names = Array.from(levels, (level: unknown, i) =>
    typeof level === 'string' && isWord(level) ? level : wrong(`levels[${i}]`, 'is not a name'),
  );
  if (new Set(names).size !== names.length) wrong('levels', 'has a level twice');
  return { id: id as PolicyId, levels: names };
}

/** One row of an equivalence table: for each policy its level, all of them of equal protection. */
export type EquivalenceRow = ReadonlyMap<PolicyId, string>;

/**
 * The level of `to` that protects as `level` of `from` does. Undefined where the table does not say: the caller denies.
 */
export function equivalent(
  table: readonly EquivalenceRow[],
  from: PolicyId,
  level: string,
  to: PolicyId,
): string | undefined {
  if (from === to) return level;
  return table.find((row) => row.get(from) === level && row.has(to))?.get(to);
}
