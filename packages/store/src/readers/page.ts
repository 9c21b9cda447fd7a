import { StoreError } from '../error.ts';
import type { StreamClasses } from '../stream-classes.ts';
import { instantText } from '../values.ts';
import { RESULT_COLUMNS, ROW_COLUMNS, type Selected, type StoredRow, storedRow } from './stored-row.ts';
import type { Query } from './subject.ts';
import { pairsTable, type VisibleClass, visiblePairs } from './visible-pairs.ts';

export interface PageQuery {
  readonly streams: readonly number[];
  /** What the subject may have; row security decides again, so a mistake here hides rows and shows none. */
  readonly classes: readonly VisibleClass[];
  /** Only rows after this one in release order (an earlier page's last). */
  readonly after?: { readonly release: number; readonly seq: number };
  /** Only rows that are released by this instant. */
  readonly upTo?: number;
  /** Item time, both ends included. */
  readonly from?: number;
  readonly to?: number;
  /**
   * West, south, east, north in degrees; west > east spans the antimeridian. Only sorts out points that are outside:
   * rows without a point are kept for the caller to look at.
   */
  readonly bbox?: readonly [number, number, number, number];
  readonly limit: number;
}

const MAX_LIMIT = 10_000;
const EARLIEST = '-infinity';
const LATEST = 'infinity';

/**
 * Each pair is an index range of its own, in order and cut at the limit, and the ranges are merged by release. A
 * reader's cursor misses nothing: numbers and ingest instants are given out together and committed in order, so a row
 * that is committed later never has an earlier place within its own delay, nor (delays being constant) across them.
 */
const statement = (filters: string): string => `
select ${RESULT_COLUMNS} from (
  select q.* from ${pairsTable('after', 'up_to')} p
  cross join lateral (
    select ${ROW_COLUMNS} from concord.observation o
    where o.stream = p.stream and o.release_class = p.release_class
      and o.ingested >= p.after and (o.ingested, o.seq) > (p.after, $7::bigint) and o.ingested <= p.up_to
      ${filters}
    order by o.ingested, o.seq limit $8
  ) q
  order by q.ingested + q.delay * interval '1 ms', q.seq limit $8
) t order by t.ingested + t.delay * interval '1 ms', t.seq`;

const TIMES = 'and o.time between $9 and $10';
const BOX = `and (o.lat is null or (o.lat between $12 and $14
  and case when $11::float8 <= $13::float8 then o.lon between $11 and $13 else o.lon >= $11 or o.lon <= $13 end))`;

/** The next rows in release order: (`ingested` + delay of the row's class, `seq`). */
export async function page(query: Query, occurring: StreamClasses, wanted: PageQuery): Promise<StoredRow[]> {
  const { after, upTo, from, to, bbox, limit } = wanted;
  if (!(Number.isInteger(limit) && limit >= 0 && limit <= MAX_LIMIT)) {
    throw new StoreError('bad-option', `limit must be a whole number up to ${MAX_LIMIT}`);
  }
  const pairs = visiblePairs(occurring, wanted.streams, wanted.classes);
  if (pairs.streams.length === 0 || limit === 0) return [];
  const values: unknown[] = [
    pairs.streams,
    pairs.classes,
    pairs.rungs,
    pairs.delays,
    pairs.delays.map((delay) => (after === undefined ? EARLIEST : instantText(after.release - delay))),
    pairs.delays.map((delay) => (upTo === undefined ? LATEST : instantText(upTo - delay))),
    after?.seq ?? 0,
    limit,
  ];
  const timed = from !== undefined || to !== undefined || bbox !== undefined;
  if (timed) {
    values.push(
      from === undefined ? EARLIEST : instantText(from),
      to === undefined ? LATEST : instantText(to),
    );
  }
  if (bbox !== undefined) values.push(...bbox);
  const filters = `${timed ? TIMES : ''} ${bbox === undefined ? '' : BOX}`;
  const name = `page${timed ? '-times' : ''}${bbox === undefined ? '' : '-box'}`;
  const rows = await query<Selected>({ name, text: statement(filters), values });
  return rows.map(storedRow);
}
