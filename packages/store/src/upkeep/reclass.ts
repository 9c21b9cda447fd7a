import type { Pool } from 'pg';
import { type Database, insideOf } from '../database.ts';
import { attempt } from '../error.ts';
import { instantText } from '../values.ts';

/** Rows of one stream and class, and which of them. Instants in milliseconds UTC. */
export interface RowSelection {
  readonly stream: number;
  readonly releaseClass: number;
  readonly label?: number;
  readonly item?: number;
  /** Of the item's own time: from inclusive, to exclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly lastSeq?: number;
}

export interface PlacedRow {
  readonly seq: number;
  readonly ingested: number;
  readonly lat: number;
  readonly lon: number;
}

export interface Reclassed {
  readonly releaseClass: number;
  readonly label?: number;
  /** When readers have it again, where they do. */
  readonly since?: number;
}

/**
 * Changes of what stored items are. Each call is one transaction over a portion, so that nobody waits long; it is made
 * by the owner of the tables, for no other login may change a row.
 */
export interface ReclassTables {
  /** Gives up to `limit` rows another class; resolves with how many. */
  reclass(rows: RowSelection, to: Reclassed, limit: number): Promise<number>;
  /** The same for rows that are named. */
  reclassRows(
    of: Pick<RowSelection, 'stream' | 'releaseClass'>,
    rows: readonly Pick<PlacedRow, 'seq' | 'ingested'>[],
    to: Reclassed,
  ): Promise<void>;
  /** Rows with a point, in order. */
  placed(
    of: Pick<RowSelection, 'stream' | 'releaseClass'>,
    after: { readonly ingested: number; readonly seq: number },
    limit: number,
  ): Promise<PlacedRow[]>;
  /** Pairs of stream and class in which rows have been released again. */
  again(): Promise<{ stream: number; releaseClass: number }[]>;
}

const WHERE = `stream = $1 and release_class = $2
  and ($3::int is null or label = $3) and ($4::bigint is null or seq = $4)
  and ($5::timestamptz is null or time >= $5) and ($6::timestamptz is null or time < $6)
  and ($7::bigint is null or seq <= $7)`;

const instant = (at: number | undefined): string | null => (at === undefined ? null : instantText(at));

const selection = ({ stream, releaseClass, label, item, from, to, lastSeq }: RowSelection): unknown[] => [
  stream,
  releaseClass,
  label ?? null,
  item ?? null,
  instant(from),
  instant(to),
  lastSeq ?? null,
];

async function occurs(owner: Pool, stream: number, releaseClass: number): Promise<void> {
  await owner.query(
    `insert into concord.stream_class (stream, release_class, first_ingested)
     select $1, $2, coalesce((select min(first_ingested) from concord.stream_class where stream = $1), now())
     on conflict do nothing`,
    [stream, releaseClass],
  );
}

export function createReclass(database: Database): ReclassTables {
  const { connections, streamClasses } = insideOf(database);
  const { owner } = connections;
  const begin = async (stream: number, releaseClass: number): Promise<void> => {
    if (!streamClasses.has(stream, releaseClass)) await occurs(owner, stream, releaseClass);
    streamClasses.add(stream, releaseClass);
  };
  return {
    reclass: (rows, to, limit) =>
      attempt(async () => {
        await begin(rows.stream, to.releaseClass);
        const done = await owner.query(
          `with portion as materialized (
             select ingested, seq from concord.observation where ${WHERE} order by ingested, seq limit $8)
           update concord.observation o set release_class = $9, label = coalesce($10::int, o.label),
             since = coalesce($11::timestamptz, o.since)
           from portion p
           where o.stream = $1 and o.release_class = $2 and o.ingested = p.ingested and o.seq = p.seq`,
          [...selection(rows), limit, to.releaseClass, to.label ?? null, instant(to.since)],
        );
        return done.rowCount ?? 0;
      }),
    reclassRows: ({ stream, releaseClass }, rows, to) =>
      attempt(async () => {
        if (rows.length === 0) return;
        await begin(stream, to.releaseClass);
        await owner.query(
          `update concord.observation o set release_class = $5, since = coalesce($6::timestamptz, o.since)
           from unnest($3::timestamptz[], $4::bigint[]) as p(ingested, seq)
           where o.stream = $1 and o.release_class = $2 and o.ingested = p.ingested and o.seq = p.seq`,
          [
            stream,
            releaseClass,
            rows.map(({ ingested }) => instantText(ingested)),
            rows.map(({ seq }) => seq),
            to.releaseClass,
            instant(to.since),
          ],
        );
      }),
    placed: ({ stream, releaseClass }, after, limit) =>
      attempt(async () => {
        const { rows } = await owner.query<PlacedRow>(
          `select seq, ingested, lat, lon from concord.observation
           where stream = $1 and release_class = $2 and lat is not null and (ingested, seq) > ($3, $4)
           order by ingested, seq limit $5`,
          [stream, releaseClass, instantText(after.ingested), after.seq, limit],
        );
        return rows;
      }),
    again: () =>
      attempt(async () => {
        const { rows } = await owner.query<{ stream: number; releaseClass: number }>(
          `select distinct stream, release_class as "releaseClass" from concord.observation where since is not null`,
        );
        return rows;
      }),
  };
}
