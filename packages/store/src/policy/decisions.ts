import { sql } from 'kysely';
import { type Database, insideOf } from '../database.ts';
import { attempt } from '../error.ts';
import { instantText } from '../values.ts';

export interface StoredGrant {
  readonly id: string;
  readonly officer: string;
  readonly agreement: string;
  readonly facts: unknown;
  /** Milliseconds UTC, as all instants here. */
  readonly from: number;
  readonly until: number;
  readonly sponsor: string;
  readonly approvedBy: readonly string[];
  readonly revoked?: { readonly at: number; readonly by: string };
}

/** Grants as they stand, and the number of the last change. What changes them is written with `DecisionRecord`. */
export interface Decisions {
  grants(): Promise<StoredGrant[]>;
  /** Adds a grant unless one of its name is there. */
  addGrant(grant: StoredGrant): Promise<void>;
  lastEpoch(): Promise<number>;
}

export function createDecisions(database: Database): Decisions {
  const { policies } = insideOf(database).connections;
  return {
    grants: () =>
      attempt(async () => {
        const rows = await policies.selectFrom('grant_').selectAll().orderBy('id').execute();
        return rows.map((row) => ({
          id: row.id,
          officer: row.officer,
          agreement: row.agreement,
          facts: row.facts,
          from: row.valid_from,
          until: row.valid_until,
          sponsor: row.sponsor,
          approvedBy: row.approved_by,
          ...(row.revoked_at !== null && { revoked: { at: row.revoked_at, by: row.revoked_by ?? '' } }),
        }));
      }),
    addGrant: ({ id, officer, agreement, facts, from, until, sponsor, approvedBy, revoked }) =>
      attempt(async () => {
        await policies
          .insertInto('grant_')
          .values({
            id,
            officer,
            agreement,
            facts: JSON.stringify(facts),
            state: revoked ? 'revoked' : 'granted',
            valid_from: instantText(from),
            valid_until: instantText(until),
            sponsor,
            approved_by: [...approvedBy],
            revoked_at: revoked ? instantText(revoked.at) : null,
            revoked_by: revoked?.by ?? null,
          })
          .onConflict((on) => on.column('id').doNothing())
          .execute();
      }),
    lastEpoch: () =>
      attempt(async () => {
        const row = await policies
          .selectFrom('epoch')
          .select(sql<number>`coalesce(max(n), 0)`.as('n'))
          .executeTakeFirst();
        return row?.n ?? 0;
      }),
  };
}
