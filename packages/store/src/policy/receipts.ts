import { type Database, insideOf } from '../database.ts';
import { attempt } from '../error.ts';

export interface StoredReceipt {
  readonly log: string;
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly salt: Uint8Array;
  /** What the leaf commits to: read under row security by the parties alone. */
  readonly opening: unknown;
  readonly parties: readonly string[];
  /** What of it counts as given by one party to another. */
  readonly delivery?: Delivery;
}

/** A receipt in numbers: kept beside it under row security, so that sums can be drawn when the items are gone. */
export interface Delivery {
  readonly party: string;
  readonly originators: readonly string[];
  readonly stream: number;
  readonly kind: string;
  readonly level: string;
  readonly clauses: readonly string[];
  readonly door: string;
  /** Numbers of the items, each first and last included. */
  readonly seqs: readonly (readonly [number, number])[];
  readonly recipients: number;
  /** How many items left how long after they came in: by the class of `delayClass`. */
  readonly delays: Readonly<Record<string, number>>;
}

/** The record of the logs: leaves in order, each with the salt that opens it. */
export interface ReceiptLog {
  /** Durable, all or none, when it resolves. */
  appendReceipts(entries: readonly StoredReceipt[]): Promise<void>;
  receiptCount(log: string): Promise<number>;
  leaves(log: string, from: number, limit: number): Promise<Uint8Array[]>;
  logs(): Promise<string[]>;
}

// Arrays of arrays have no type of their own in PostgreSQL that fits: the parties come as one text each.
const INSERT = `with numbers as (
  insert into concord.delivery (log, index, at, party, originators, stream, kind, level, clauses, door, seqs,
    recipients, delays)
  select d.log, d.index, now(), d.party, d.originators, d.stream, d.kind, d.level, d.clauses, d.door,
    d.seqs::int8multirange, d.recipients, d.delays
  from jsonb_to_recordset($7) as d(log text, index bigint, party text, originators text[], stream int, kind text,
    level text, clauses text[], door text, seqs text, recipients int, delays jsonb))
  insert into concord.receipt (log, index, leaf, salt, opening, parties, at)
  select u.log, u.index, u.leaf, u.salt, u.opening, string_to_array(u.parties, ' '), now()
  from unnest($1::text[], $2::bigint[], $3::bytea[], $4::bytea[], $5::jsonb[], $6::text[])
    as u(log, index, leaf, salt, opening, parties)`;

const rangesText = (ranges: Delivery['seqs']): string =>
  `{${ranges.map(([first, last]) => `[${first},${last}]`).join(',')}}`;

export function createReceiptLog(database: Database): ReceiptLog {
  const { policy } = insideOf(database).connections;
  const query = <Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]> =>
    attempt(async () => (await policy.query<Row>({ name, text, values })).rows);
  return {
    async appendReceipts(entries) {
      if (entries.length === 0) return;
      await query('receipts', INSERT, [
        entries.map((one) => one.log),
        entries.map((one) => one.index),
        entries.map((one) => Buffer.from(one.leaf)),
        entries.map((one) => Buffer.from(one.salt)),
        entries.map((one) => JSON.stringify(one.opening)),
        entries.map((one) => one.parties.join(' ')),
        JSON.stringify(
          entries.flatMap(({ log, index, delivery }) =>
            delivery ? [{ log, index, ...delivery, seqs: rangesText(delivery.seqs) }] : [],
          ),
        ),
      ]);
    },
    async receiptCount(log) {
      const text = 'select coalesce(max(index) + 1, 0) as count from concord.receipt where log = $1';
      const rows = await query<{ count: number }>('receipt-count', text, [log]);
      return rows[0]?.count ?? 0;
    },
    async leaves(log, from, limit) {
      const text = 'select leaf from concord.receipt where log = $1 and index >= $2 order by index limit $3';
      const rows = await query<{ leaf: Buffer }>('receipt-leaves', text, [log, from, limit]);
      return rows.map((one) => new Uint8Array(one.leaf));
    },
    async logs() {
      const rows = await query<{ log: string }>(
        'receipt-logs',
        'select distinct log from concord.receipt',
        [],
      );
      return rows.map((one) => one.log);
    },
  };
}
