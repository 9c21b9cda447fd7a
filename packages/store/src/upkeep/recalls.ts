import { type Database, insideOf } from '../database.ts';
import { attempt } from '../error.ts';
import { instantText } from '../values.ts';

/** A recall as it is kept. Instants in milliseconds UTC; of a range the items' own times, from inclusive, to exclusive. */
export interface StoredRecall {
  readonly id: string;
  readonly party: string;
  readonly officer: string;
  readonly stream: number;
  readonly item?: number;
  readonly from: number;
  readonly to: number;
  /** The last item that was taken in before it was recalled: what comes later is not meant. */
  readonly lastSeq: number;
  readonly reason: string;
  readonly epoch: number;
  readonly at: number;
  readonly due: number;
  /** Whether all items it means have their new class. */
  readonly applied: boolean;
}

export interface StoredCase {
  readonly recall: string;
  readonly party: string;
  /** First and last numbers of what the party was given, both included. */
  readonly seqs: readonly (readonly [number, number])[];
  /** Where the items were stored, where they are few enough to be named; instants in milliseconds UTC. */
  readonly places?: readonly { readonly seq: number; readonly ingested: number }[];
  readonly asked: number;
  readonly acknowledged?: { readonly at: number; readonly by: string };
  readonly destroyed?: {
    readonly at: number;
    readonly by: string;
    readonly certificate: string;
    readonly signature?: string;
  };
}

export interface RecallTables {
  /** Durable when it resolves, together with its epoch. */
  addRecall(recall: StoredRecall): Promise<void>;
  recalls(): Promise<StoredRecall[]>;
  recallApplied(id: string): Promise<void>;
  /** Makes a case for each other party that has been given any of it, from the receipts; gives those of the recall. */
  openCases(id: string): Promise<StoredCase[]>;
  cases(): Promise<StoredCase[]>;
  acknowledge(id: string, party: string, at: number, by: string): Promise<void>;
  destroyed(id: string, party: string, done: NonNullable<StoredCase['destroyed']>): Promise<void>;
}

interface CaseRow {
  recall: string;
  party: string;
  seqs: string;
  places: [number, number][] | null;
  asked: number;
  acknowledged: number | null;
  acknowledgedBy: string | null;
  destroyed: number | null;
  destroyedBy: string | null;
  certificate: string | null;
  signature: string | null;
}

/** PostgreSQL writes ranges of whole numbers as `[from,to)`. */
const rangesOf = (text: string): [number, number][] =>
  [...text.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => [Number(from), Number(to) - 1]);

const caseOf = (row: CaseRow): StoredCase => ({
  recall: row.recall,
  party: row.party,
  seqs: rangesOf(row.seqs),
  ...(row.places && { places: row.places.map(([seq, ingested]) => ({ seq, ingested })) }),
  asked: row.asked,
  ...(row.acknowledged !== null && {
    acknowledged: { at: row.acknowledged, by: row.acknowledgedBy ?? '' },
  }),
  ...(row.destroyed !== null && {
    destroyed: {
      at: row.destroyed,
      by: row.destroyedBy ?? '',
      certificate: row.certificate ?? '',
      ...(row.signature !== null && { signature: row.signature }),
    },
  }),
});

/** Items of a case are named up to this many. */
const NAMED = 200;

const CASES = `select recall, party, seqs::text as seqs, places, asked, acknowledged, acknowledged_by as "acknowledgedBy",
  destroyed, destroyed_by as "destroyedBy", certificate, signature from concord.recall_case`;

export function createRecalls(database: Database): RecallTables {
  const { owner, policy } = insideOf(database).connections;
  const cases = (where: string, values: unknown[]) =>
    attempt(async () => {
      const { rows } = await policy.query<CaseRow>(`${CASES} ${where} order by recall, party`, values);
      return rows.map(caseOf);
    });
  return {
    addRecall: (one) =>
      attempt(async () => {
        await policy.query(
          `with numbered as (insert into concord.epoch (n, at, change) values ($11, $12, $14)
             on conflict do nothing)
           insert into concord.recall
             (id, party, officer, stream, seqs, item, from_time, to_time, last_seq, reason, epoch, at, due)
           values ($1, $2, $3, $4, '{}', $5, $6, $7, $8, $9, $10, $12, $13)
           on conflict (id) do nothing`,
          [
            one.id,
            one.party,
            one.officer,
            one.stream,
            one.item ?? null,
            instantText(one.from),
            instantText(one.to),
            one.lastSeq,
            one.reason,
            one.epoch,
            one.epoch,
            instantText(one.at),
            instantText(one.due),
            JSON.stringify({ recall: one.id, by: one.officer }),
          ],
        );
      }),
    recalls: () =>
      attempt(async () => {
        const { rows } = await policy.query<Omit<StoredRecall, 'item'> & { item: number | null }>(
          `select id, party, officer, stream, item, from_time as "from", to_time as "to", last_seq as "lastSeq",
             reason, epoch, at, due, applied from concord.recall order by at, id`,
        );
        return rows.map(({ item, ...rest }) => ({ ...rest, ...(item !== null && { item }) }));
      }),
    recallApplied: (id) =>
      attempt(async () => {
        await policy.query('update concord.recall set applied = true where id = $1', [id]);
      }),
    openCases: (id) =>
      attempt(async () => {
        // Which numbers are meant is read as owner: nobody else sees rows of all classes.
        await owner.query(
          `update concord.recall r set seqs = coalesce((
             select range_agg(int8range(o.seq, o.seq, '[]')) from concord.observation o
             where o.stream = r.stream and o.time >= r.from_time and o.time < r.to_time and o.seq <= r.last_seq
               and (r.item is null or o.seq = r.item)), '{}')
           where r.id = $1 and isempty(r.seqs)`,
          [id],
        );
        await policy.query(
          `insert into concord.recall_case (recall, party, seqs, asked)
           select r.id, d.party, range_agg(d.seqs * r.seqs), r.at
           from concord.recall r join concord.delivery d on d.stream = r.stream and d.seqs && r.seqs
           where r.id = $1 and d.party <> r.party
           group by r.id, d.party, r.at
           on conflict do nothing`,
          [id],
        );
        await owner.query(
          `update concord.recall_case c set places = (
             select case when count(*) <= $2 then jsonb_agg(jsonb_build_array(
               o.seq, (extract(epoch from o.ingested) * 1000)::bigint) order by o.seq) end
             from (select o.seq, o.ingested from concord.observation o join concord.recall r on r.id = c.recall
               where o.stream = r.stream and o.time >= r.from_time and o.time < r.to_time
                 and c.seqs @> o.seq limit $2 + 1) o)
           where c.recall = $1 and c.places is null`,
          [id, NAMED],
        );
        return cases('where recall = $1', [id]);
      }),
    cases: () => cases('', []),
    acknowledge: (id, party, at, by) =>
      attempt(async () => {
        await policy.query(
          `update concord.recall_case set acknowledged = $3, acknowledged_by = $4
           where recall = $1 and party = $2 and acknowledged is null`,
          [id, party, instantText(at), by],
        );
      }),
    destroyed: (id, party, { at, by, certificate, signature }) =>
      attempt(async () => {
        await policy.query(
          `update concord.recall_case set destroyed = $3, destroyed_by = $4, certificate = $5, signature = $6,
             acknowledged = coalesce(acknowledged, $3), acknowledged_by = coalesce(acknowledged_by, $4)
           where recall = $1 and party = $2 and destroyed is null`,
          [id, party, instantText(at), by, certificate, signature ?? null],
        );
      }),
  };
}
