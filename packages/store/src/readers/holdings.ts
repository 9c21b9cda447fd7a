import type { Query } from './subject.ts';

/** Rows of one class, and of one point where points are asked for. */
export interface HeldRows {
  readonly releaseClass: number;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly count: number;
}

/** How many rows of some classes are visible, by class. */
export async function held(query: Query, classes: readonly number[]): Promise<HeldRows[]> {
  if (classes.length === 0) return [];
  return await query<HeldRows>({
    name: 'held',
    text: `select release_class as "releaseClass", null as lat, null as lon, count(*)::int as count
      from concord.observation where release_class = any($1) group by 1`,
    values: [classes],
  });
}

/** The newest visible rows of some classes, up to a limit, by class and point. */
export async function heldByPoint(
  query: Query,
  classes: readonly number[],
  limit: number,
): Promise<HeldRows[]> {
  if (classes.length === 0) return [];
  return await query<HeldRows>({
    name: 'held-by-point',
    text: `select release_class as "releaseClass", lat, lon, count(*)::int as count from (
        select release_class, lat, lon from concord.observation
        where release_class = any($1) order by ingested desc, seq desc limit $2
      ) t group by 1, 2, 3`,
    values: [classes, limit],
  });
}
