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

export interface StoredAgreement {
  readonly id: string;
  readonly version: number;
  readonly text: string;
  readonly digest: string;
  readonly state: string;
  readonly at: number;
}

export interface StoredEpoch {
  readonly epoch: number;
  readonly at: number;
  readonly change: unknown;
}

/** Agreements, grants and epochs: what has been decided. */
export interface Decisions {
  agreements(): Promise<StoredAgreement[]>;
  addAgreement(agreement: StoredAgreement): Promise<void>;
  setAgreementState(id: string, version: number, state: string, at: number): Promise<void>;
  grants(): Promise<StoredGrant[]>;
  /** Adds a grant unless one of its name is there. */
  addGrant(grant: StoredGrant): Promise<void>;
  /** The revocation and its epoch, in one transaction. Done twice it is done once. */
  revokeGrant(id: string, at: number, by: string, epoch: number, reason: string): Promise<void>;
  lastEpoch(): Promise<number>;
  addEpoch(epoch: number, at: number, change: unknown): Promise<void>;
  /** All changes after that epoch, in order. */
  epochsAfter(epoch: number): Promise<StoredEpoch[]>;
}

export function createDecisions(database: Database): Decisions {
  const { policies } = insideOf(database).connections;
  return {
    agreements: () =>
      attempt(() =>
        policies
          .selectFrom('agreement')
          .select(['id', 'version', 'text', 'digest', 'state', 'at'])
          .orderBy('id')
          .orderBy('version')
          .execute(),
      ),
    addAgreement: ({ at, ...agreement }) =>
      attempt(async () => {
        await policies
          .insertInto('agreement')
          .values({ ...agreement, at: instantText(at) })
          .execute();
      }),
    setAgreementState: (id, version, state, at) =>
      attempt(async () => {
        await policies
          .updateTable('agreement')
          .set({ state, at: instantText(at) })
          .where('id', '=', id)
          .where('version', '=', version)
          .execute();
      }),
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
    revokeGrant: (id, at, by, epoch, reason) =>
      attempt(async () => {
        await policies.transaction().execute(async (tx) => {
          await tx
            .updateTable('grant_')
            .set({ state: 'revoked', revoked_at: instantText(at), revoked_by: by })
            .where('id', '=', id)
            .where('revoked_at', 'is', null)
            .execute();
          await tx
            .insertInto('epoch')
            .values({ n: epoch, at: instantText(at), change: JSON.stringify({ revoked: id, by, reason }) })
            .onConflict((on) => on.column('n').doNothing())
            .execute();
        });
      }),
    lastEpoch: () =>
      attempt(async () => {
        const row = await policies
          .selectFrom('epoch')
          .select(sql<number>`coalesce(max(n), 0)`.as('n'))
          .executeTakeFirst();
        return row?.n ?? 0;
      }),
    addEpoch: (epoch, at, change) =>
      attempt(async () => {
        await policies
          .insertInto('epoch')
          .values({ n: epoch, at: instantText(at), change: JSON.stringify(change) })
          .onConflict((on) => on.column('n').doNothing())
          .execute();
      }),
    epochsAfter: (epoch) =>
      attempt(() =>
        policies
          .selectFrom('epoch')
          .select(['n as epoch', 'at', 'change'])
          .where('n', '>', epoch)
          .orderBy('n')
          .execute(),
      ),
  };
}
