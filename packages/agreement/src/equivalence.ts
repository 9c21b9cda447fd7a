import type { Policies, PolicyId } from '@concord/label';
import type { Terms } from './terms.ts';

/** Whether a row of the table holds for data of one policy and clearances of another. */
export const holdsFor = (terms: Terms, row: number, from: PolicyId, to: PolicyId): boolean =>
  (terms.oneWay ?? []).every((one) => one.row !== row || (one.from === from && one.to === to));

const inTable = (terms: Terms, from: PolicyId, level: string, to: PolicyId): string | undefined =>
  terms.equivalence
    .find((row, i) => row.get(from) === level && row.has(to) && holdsFor(terms, i, from, to))
    ?.get(to);

/**
 * The level of `to` that a reader must be cleared for to have what is labelled `level` in `from`; undefined where no
 * row says so, and then nobody of that policy reaches it. Where the agreement lets a missing level count as the next
 * higher one, the first row above decides.
 */
export function neededLevel(
  terms: Terms,
  policies: Policies,
  from: PolicyId,
  level: string,
  to: PolicyId,
): string | undefined {
  if (from === to) return level;
  const found = inTable(terms, from, level, to);
  if (found !== undefined || terms.missingLevels !== 'next-higher') return found;
  const levels = policies.get(from)?.levels ?? [];
  const at = levels.indexOf(level);
  if (at < 0) return undefined;
  for (const higher of levels.slice(at + 1)) {
    const next = inTable(terms, from, higher, to);
    if (next !== undefined) return next;
  }
  return undefined;
}
