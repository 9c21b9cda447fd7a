import { createHash } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import { type Database, insideOf } from '../database.ts';
import { attempt } from '../error.ts';
import { DAY_MS, partitionName } from '../migrations/partitions.ts';
import { instantText } from '../values.ts';

/** What was destroyed: numbers and a digest, never content. Instants of ingest in milliseconds UTC. */
export interface Destruction {
  readonly id: number;
  readonly at: number;
  readonly stream: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** SHA-256 over the numbers and SHA-256 of the records, in order: says which bytes these were to who has them. */
  readonly digest: Uint8Array;
}

export interface RetentionTables {
  /** Destroys up to `limit` items of a stream that were taken in before an instant, and notes it in the same step. */
  destroy(stream: number, before: number, at: number, limit: number): Promise<number>;
  /**
   * Drops the leaves of whole days of which every stream's limit has passed; notes each stream's part before.
   * Resolves with the number of leaves.
   */
  dropDays(befores: ReadonlyMap<number, number>, at: number): Promise<number>;
  /** Destructions without a receipt. */
  unreceipted(): Promise<Destruction[]>;
  receipted(id: number): Promise<void>;
}

const PART = 5000;
const DESTROYED = `insert into concord.destruction (at, stream, from_ingested, to_ingested, count, digest)
  values ($1, $2, $3, $4, $5, $6)`;
const ITEM = `seq, ingested, encode(sha256(convert_to(record::text, 'UTF8')), 'hex') as digest`;

interface Gone {
  readonly seq: number;
  readonly ingested: number;
  readonly digest: string;
}

const digestOf = (rows: readonly Gone[]): Buffer => {
  const hash = createHash('sha256');
  for (const { seq, digest } of rows) hash.update(`${seq} ${digest}\n`);
  return hash.digest();
};

const note = (stream: number, at: number, rows: readonly Gone[]): unknown[] => [
  instantText(at),
  stream,
  instantText(rows[0]?.ingested ?? at),
  instantText(rows.at(-1)?.ingested ?? at),
  rows.length,
  digestOf(rows),
];

export function createRetention(database: Database): RetentionTables {
  const { owner, policy } = insideOf(database).connections;

  const inTransaction = <Result>(work: (query: typeof owner.query) => Promise<Result>): Promise<Result> =>
    attempt(async () => {
      const client = await owner.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const result = await work(client.query.bind(client) as typeof owner.query);
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((lost: Error) => {
          broken = lost;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    });

  /** Whole days of a leaf that lie before every limit of the streams in it; streams without a limit keep it. */
  const dropDay = (day: number, befores: ReadonlyMap<number, number>, at: number): Promise<boolean> =>
    inTransaction(async (query) => {
      const leaf = `concord.${escapeIdentifier(partitionName(day))}`;
      const { rows: streams } = await query<{ stream: number }>(`select distinct stream from ${leaf}`);
      const end = (day + 1) * DAY_MS;
      if (streams.some(({ stream }) => (befores.get(stream) ?? 0) < end)) return false;
      for (const { stream } of streams) {
        let after = -1;
        for (;;) {
          const { rows } = await query<Gone>(
            `select ${ITEM} from ${leaf} where stream = $1 and seq > $2 order by seq limit $3`,
            [stream, after, PART],
          );
          if (rows.length === 0) break;
          await query(DESTROYED, note(stream, at, rows));
          after = rows.at(-1)?.seq ?? after;
        }
      }
      await query(`drop table ${leaf}`);
      return true;
    });

  return {
    destroy: (stream, before, at, limit) =>
      inTransaction(async (query) => {
        const { rows } = await query<Gone>(
          `with portion as materialized (
             select ingested, seq, release_class from concord.observation
             where stream = $1 and ingested < $2 order by ingested, seq limit $3)
           delete from concord.observation o using portion p
           where o.stream = $1 and o.release_class = p.release_class and o.ingested = p.ingested and o.seq = p.seq
           returning o.seq, o.ingested, encode(sha256(convert_to(o.record::text, 'UTF8')), 'hex') as digest`,
          [stream, instantText(before), limit],
        );
        const gone = [...rows].sort((a, b) => a.seq - b.seq);
        if (gone.length > 0) await query(DESTROYED, note(stream, at, gone));
        return gone.length;
      }),
    dropDays: async (befores, at) => {
      const { rows } = await attempt(() =>
        owner.query<{ name: string }>(
          `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
           where i.inhparent = 'concord.observation'::regclass order by 1`,
        ),
      );
      // Appending may still be under way for the day that has just ended.
      const last = Math.floor((at - DAY_MS / 24) / DAY_MS);
      let dropped = 0;
      for (const { name } of rows) {
        const [, y, m, d] = /^observation_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
        if (y === undefined) continue;
        const day = Date.parse(`${y}-${m}-${d}T00:00:00Z`) / DAY_MS;
        if (day < last && (await dropDay(day, befores, at))) dropped++;
      }
      return dropped;
    },
    unreceipted: () =>
      attempt(async () => {
        const { rows } = await policy.query<Omit<Destruction, 'digest'> & { digest: Buffer }>(
          `select id, at, stream, from_ingested as "from", to_ingested as "to", count, digest
           from concord.destruction where not receipted order by id limit 100`,
        );
        return rows.map((row) => ({ ...row, digest: new Uint8Array(row.digest) }));
      }),
    receipted: (id) =>
      attempt(async () => {
        await policy.query('update concord.destruction set receipted = true where id = $1', [id]);
      }),
  };
}
