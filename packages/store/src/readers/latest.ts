import { StoreError } from '../error.ts';
import { DAY_MS } from '../migrations/partitions.ts';
import type { StreamClasses } from '../stream-classes.ts';
import { instantText } from '../values.ts';
import { RESULT_COLUMNS, ROW_COLUMNS, type Selected, type StoredRow, storedRow } from './stored-row.ts';
import type { Query } from './subject.ts';
import { pairsTable, type VisibleClass, visiblePairs } from './visible-pairs.ts';

export interface LatestQuery {
  readonly streams: readonly number[];
  readonly classes: readonly VisibleClass[];
  /** Only rows released by this instant; default now. */
  readonly upTo?: number;
  /** Only rows taken in since this instant; default 31 days before `upTo`. */
  readonly since?: number;
  readonly limit: number;
}

/**
 * PostgreSQL has no skip scan over distinct values, so a recursive query hops from one series to the next by the
 * index, a probe a hop, and takes the newest row of each. Rows in between are never touched.
 */
const STATEMENT = `
with recursive hop as (
  select p.*, (select min(o.series) from concord.observation o
    where o.stream = p.stream and o.release_class = p.release_class and o.ingested >= $6) as series
  from ${pairsTable('up_to')} p
  union all
  select h.stream, h.release_class, h.rung, h.delay, h.up_to, (select min(o.series) from concord.observation o
    where o.stream = h.stream and o.release_class = h.release_class and o.series > h.series and o.ingested >= $6)
  from hop h where h.series is not null
)
select ${RESULT_COLUMNS} from (
  select distinct on (q.stream, q.series) q.* from hop p
  cross join lateral (
    select ${ROW_COLUMNS} from concord.observation o
    where o.stream = p.stream and o.release_class = p.release_class and o.series = p.series
      and o.ingested between $6 and p.up_to
    order by o.ingested desc, o.seq desc limit 1
  ) q
  order by q.stream, q.series, q.ingested desc, q.seq desc
) t order by t.ingested desc, t.seq desc limit $7`;

/** The newest visible row of each series of each stream, newest first. */
export async function latest(
  query: Query,
  occurring: StreamClasses,
  wanted: LatestQuery,
): Promise<StoredRow[]> {
  const { limit } = wanted;
  if (!(Number.isInteger(limit) && limit >= 0))
    throw new StoreError('bad-option', 'limit must be a whole number');
  const pairs = visiblePairs(occurring, wanted.streams, wanted.classes);
  if (pairs.streams.length === 0 || limit === 0) return [];
  const upTo = wanted.upTo ?? Date.now();
  const since = wanted.since ?? upTo - 31 * DAY_MS;
  const upTos = pairs.delays.map((delay) => instantText(upTo - delay));
  const values = [pairs.streams, pairs.classes, pairs.rungs, pairs.delays, upTos, instantText(since), limit];
  const rows = await query<Selected>({ name: 'latest', text: STATEMENT, values });
  return rows.map(storedRow);
}
