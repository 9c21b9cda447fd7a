import type { Query } from './subject.ts';

/** A receipt that concerns the party, with what opens its leaf. */
export interface OwnReceipt {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly salt: Uint8Array;
  readonly opening: unknown;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** The party's own receipts in a log from an index on, in order; row security shows no other's. */
export async function receipts(
  query: Query,
  log: string,
  from: number,
  limit: number,
): Promise<OwnReceipt[]> {
  return await query<OwnReceipt>({
    name: 'receipts',
    text: `select index, leaf, salt, opening, at from concord.receipt
      where log = $1 and index >= $2 order by index limit $3`,
    values: [log, from, limit],
  });
}
