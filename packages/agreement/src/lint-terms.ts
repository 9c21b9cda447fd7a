import type { Place } from './node.ts';
import type { Places } from './read.ts';
import type { Terms } from './terms.ts';

/** The value of an entry of a map, by its name. */
export const entryOf = (place: Place | undefined, name: string): Place | undefined =>
  place?.entries('').find(([id]) => id === name)?.[1];

/** Dates that have passed, or that come too late to matter. */
export function lintDates(terms: Terms, places: Places, now: number): void {
  const { inForce, clauses, assurances } = terms;
  const until = entryOf(places.inForce, 'until');
  if (inForce.until <= now && !inForce.renewal)
    until?.warn('past', 'the agreement has ended before it is looked at');
  for (const { id, embargo } of clauses) {
    const place = entryOf(entryOf(places.clauses, id), 'embargo');
    if (embargo !== undefined && embargo <= now) place?.warn('past', `the embargo of ${id} has passed`);
  }
  for (const { id, validUntil, signed } of assurances) {
    const entry = entryOf(places.assurances, id);
    if (validUntil !== undefined && validUntil <= now)
      entryOf(entry, 'validUntil')?.warn('past', `the assurance ${id} has run out`);
    if (signed !== undefined && signed >= inForce.until)
      entryOf(entry, 'signed')?.warn('never-matches', `${id} is signed after the end, and is never live`);
  }
}

/** What is named and used by nothing. */
export function lintUnused(terms: Terms, places: Places): void {
  const used = new Set([
    ...terms.clauses.flatMap((one) => one.within ?? []),
    ...(terms.scope?.areas ?? []),
    ...terms.never.flatMap((one) => one.release.area ?? []),
  ]);
  for (const { name } of terms.areas)
    if (!used.has(name))
      entryOf(places.areas, name)?.warn('unused', `nothing in the agreement is about the area ${name}`);
  for (const { id } of terms.parties)
    if (!terms.clauses.some((one) => one.from === id || one.to === id))
      entryOf(places.parties, id)?.warn('unused', `no clause is about ${id}`);
}
