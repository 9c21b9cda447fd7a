import type { Query } from './subject.ts';

export interface QuarantinedEntry {
  readonly id: number;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly feed: string;
  readonly code: string;
  readonly message: string;
  readonly place: unknown;
  readonly bytes: Uint8Array;
}

/** The newest entries of the party in whose name the transaction reads; row security shows no other's. */
export async function quarantine(
  query: Query,
  limit: number,
  before: number | undefined,
): Promise<QuarantinedEntry[]> {
  return await query<QuarantinedEntry>({
    name: 'quarantine',
    text: `select id, at, feed, code, message, place, bytes from concord.quarantine
      where party = (select current_setting('concord.party')) and id < $1 order by id desc limit $2`,
    values: [before ?? Number.MAX_SAFE_INTEGER, limit],
  });
}
