import type { Policies } from '@concord/label';
import { holdsFor } from './equivalence.ts';
import type { Places } from './read.ts';
import type { Terms } from './terms.ts';

/**
 * Rows that raise a level. Whether a row does cannot be seen from names; two things can: a way there and back that
 * ends lower than it began, and, where the policies are known, a row that puts levels beside one another that stand
 * two or more steps apart, counted from the top.
 */
export function lintTable(terms: Terms, places: Places, policies: Policies | undefined): void {
  const rows = places.equivalence?.items('equivalence') ?? [];
  for (const [i, row] of terms.equivalence.entries()) {
    const steps = [...row].flatMap(([policy, level]) => {
      const levels = policies?.get(policy)?.levels;
      return levels ? [{ text: `${policy} ${level}`, fromTop: levels.length - levels.indexOf(level) }] : [];
    });
    const [high, low] = [most(steps, -1), most(steps, 1)];
    if (high && low && low.fromTop - high.fromTop >= 2)
      rows[i]?.warn(
        'raises-level',
        `whoever is cleared for ${low.text}, ${low.fromTop - 1} below the top, reaches ${high.text}, ${high.fromTop - 1} below it`,
      );
    if (comesBackLower(terms, i))
      rows[i]?.warn(
        'raises-level',
        'with the rows of the other direction a level comes back lower than it went',
      );
  }
}

const most = <T extends { readonly fromTop: number }>(list: readonly T[], sign: 1 | -1): T | undefined =>
  [...list].sort((a, b) => sign * (b.fromTop - a.fromTop))[0];

/** Rows stand from the highest to the lowest: what comes back in a later row comes back lower. */
function comesBackLower(terms: Terms, i: number): boolean {
  const way = terms.oneWay?.find((one) => one.row === i);
  const row = terms.equivalence[i];
  const level = way && row?.get(way.to);
  if (!way || level === undefined) return false;
  const back = terms.equivalence.findIndex(
    (one, k) => one.get(way.to) === level && one.has(way.from) && holdsFor(terms, k, way.to, way.from),
  );
  return back > i && terms.equivalence[back]?.get(way.from) !== row?.get(way.from);
}
