import { StoreError } from '../error.ts';
import type { StreamClasses } from '../stream-classes.ts';
import { instantText } from '../values.ts';
import { RESULT_COLUMNS, ROW_COLUMNS, type Selected, type StoredRow, storedRow } from './stored-row.ts';
import type { Query } from './subject.ts';
import { pairsTable, type VisibleClass, type VisiblePairs, visiblePairs } from './visible-pairs.ts';

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
  /** `first`: rows at the place where they came in; `again`: those that have changed their class, where they did. */
  readonly order?: 'first' | 'again';
}

const MAX_LIMIT = 10_000;
const EARLIEST = '-infinity';
const LATEST = 'infinity';

/**
 * Each pair is an index range of its own, in order and cut at the limit, and the ranges are merged by release. A
 * reader's cursor misses nothing: numbers and ingest instants are given out together and committed in order, so a row
 * that is committed later never has an earlier place within its own delay, nor (delays being constant) across them.
 */
const statement = (filters: string, order: 'first' | 'again'): string => {
  const place = order === 'first' ? 'o.ingested' : 'o.since';
  return `
select ${RESULT_COLUMNS} from (
  select q.*, q.place + q.delay * interval '1 ms' as release from ${pairsTable('after', 'up_to')} p
  cross join lateral (
    select ${ROW_COLUMNS}, ${place} as place from concord.observation o
    where o.stream = p.stream and o.release_class = p.release_class
      and ${order === 'first' ? 'o.since is null' : 'o.since is not null'}
      and ${place} >= p.after and (${place}, o.seq) > (p.after, $7::bigint) and ${place} <= p.up_to
      ${filters}
    order by ${place}, o.seq limit $8
  ) q
  order by release, q.seq limit $9
) t order by t.release, t.seq`;
};

const TIMES = 'and o.time between $10 and $11';
const BOX = `and (o.lat is null or (o.lat between $13 and $15
  and case when $12::float8 <= $14::float8 then o.lon between $12 and $14 else o.lon >= $12 or o.lon <= $14 end))`;

type Position = Pick<StoredRow, 'release' | 'seq'>;
const isAfter = (a: Position, b: Position): boolean =>
  a.release > b.release || (a.release === b.release && a.seq > b.seq);

/**
 * The rows of a round that are sure to come next: up to where the first of the pairs ends that may have more to give.
 */
function settled(rows: readonly StoredRow[], share: number): { rows: readonly StoredRow[]; more: boolean } {
  const given = new Map<string, { count: number; last: Position }>();
  for (const row of rows) {
    const pair = `${row.stream} ${row.releaseClass}`;
    given.set(pair, { count: (given.get(pair)?.count ?? 0) + 1, last: row });
  }
  let end: Position | undefined;
  for (const { count, last } of given.values()) {
    if (count >= share && (end === undefined || isAfter(end, last))) end = last;
  }
  const until = end;
  return until === undefined
    ? { rows, more: false }
    : { rows: rows.filter((row) => !isAfter(row, until)), more: true };
}

/** Below so many pairs each gives a whole page at once. */
const FEW_PAIRS = 4;

/**
 * The next rows in release order: (`ingested` + delay of the row's class, `seq`). Many pairs give their share of a
 * page first and four times as much in each further round, as a whole page of each would mostly be thrown away.
 */
export async function page(query: Query, occurring: StreamClasses, wanted: PageQuery): Promise<StoredRow[]> {
  const { limit } = wanted;
  if (!(Number.isInteger(limit) && limit >= 0 && limit <= MAX_LIMIT)) {
    throw new StoreError('bad-option', `limit must be a whole number up to ${MAX_LIMIT}`);
  }
  const pairs = visiblePairs(occurring, wanted.streams, wanted.classes);
  const found: StoredRow[] = [];
  if (pairs.streams.length === 0 || limit === 0) return found;
  let share = pairs.streams.length <= FEW_PAIRS ? limit : Math.ceil((2 * limit) / pairs.streams.length) + 8;
  for (let after = wanted.after; ; share *= 4, after = found.at(-1) ?? after) {
    const left = limit - found.length;
    const whole = share >= left;
    const rows = await round(
      query,
      pairs,
      { ...wanted, ...(after && { after }) },
      whole ? left : share,
      whole,
    );
    if (whole) return [...found, ...rows];
    const sure = settled(rows, share);
    found.push(...sure.rows.slice(0, left));
    if (found.length === limit || !sure.more) return found;
  }
}

/** One query: up to `share` rows of each pair; all of them, or (`cut`) only the first `share` over all pairs. */
async function round(
  query: Query,
  pairs: VisiblePairs,
  { after, upTo, from, to, bbox, order = 'first' }: PageQuery,
  share: number,
  cut: boolean,
): Promise<StoredRow[]> {
  const values: unknown[] = [
    pairs.streams,
    pairs.classes,
    pairs.rungs,
    pairs.delays,
    pairs.delays.map((delay) => (after === undefined ? EARLIEST : instantText(after.release - delay))),
    pairs.delays.map((delay) => (upTo === undefined ? LATEST : instantText(upTo - delay))),
    after?.seq ?? 0,
    share,
    cut ? share : null,
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
  const name = `page-${order}${timed ? '-times' : ''}${bbox === undefined ? '' : '-box'}`;
  const rows = await query<Selected>({ name, text: statement(filters, order), values });
  return rows.map(storedRow);
}
