import { LabelError } from './error.ts';
import type { PolicyId } from './ids.ts';

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

/** Reads `{id, levels}`; levels must be at least one, distinct and not empty. */
export function readPolicy(value: unknown): Policy {
  if (typeof value !== 'object' || value === null)
    throw new LabelError('policy-field', '', 'a policy is an object');
  const { id, levels } = value as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') throw new LabelError('policy-field', 'id', 'is missing');
  if (!Array.isArray(levels) || levels.length === 0) {
    throw new LabelError('policy-field', 'levels', 'lists the levels from the lowest to the highest');
  }
  const names = levels.map((level: unknown, i) => {
    if (typeof level !== 'string' || level === '')
      throw new LabelError('policy-field', `levels[${i}]`, 'is not a name');
    return level;
  });
  if (new Set(names).size !== names.length)
    throw new LabelError('policy-field', 'levels', 'has a level twice');
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
