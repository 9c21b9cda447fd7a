import { type Database, insideOf } from '../database.ts';
import { attempt } from '../error.ts';
import { instantText, storableJson } from '../values.ts';
import type { StoredGrant } from './decisions.ts';

/** A version of an agreement as it was drafted. Instants in milliseconds UTC. */
export interface StoredVersion {
  readonly doc: string;
  readonly agreement: string;
  readonly version: number;
  readonly text: string;
  readonly files: unknown;
  readonly digest: string;
  readonly drafter: string;
  readonly by: string;
  readonly at: number;
}

/** Something that was decided. */
export interface StoredDecision {
  readonly id: string;
  readonly subject: string;
  readonly at: number;
  readonly by: string;
  readonly kind: string;
  readonly facts: unknown;
}

/** What is written together. */
export interface StoredEntry {
  readonly recorded?: readonly StoredDecision[];
  readonly drafted?: readonly StoredVersion[];
  readonly granted?: readonly StoredGrant[];
  readonly revoked?: { readonly id: string; readonly at: number; readonly by: string };
  readonly epoch?: { readonly n: number; readonly at: number; readonly change: unknown };
}

/** The record of what was decided: it grows and never changes. */
export interface DecisionRecord {
  /** All or nothing, durable when it resolves. Done twice it is done once. */
  record(entry: StoredEntry): Promise<void>;
  drafted(): Promise<StoredVersion[]>;
  /** In the order in which it was written. */
  recorded(): Promise<StoredDecision[]>;
}

export function createDecisionRecord(database: Database): DecisionRecord {
  const { policies } = insideOf(database).connections;
  return {
    record: ({ recorded = [], drafted = [], granted = [], revoked, epoch }) =>
      attempt(async () => {
        await policies.transaction().execute(async (tx) => {
          if (drafted.length > 0)
            await tx
              .insertInto('agreement_version')
              .values(
                drafted.map((one) => ({ ...one, files: storableJson(one.files), at: instantText(one.at) })),
              )
              .onConflict((on) => on.column('doc').doNothing())
              .execute();
          if (recorded.length > 0)
            await tx
              .insertInto('decision')
              .values(
                recorded.map((one) => ({ ...one, facts: storableJson(one.facts), at: instantText(one.at) })),
              )
              .onConflict((on) => on.column('id').doNothing())
              .execute();
          for (const { from, until, approvedBy, revoked: _, facts, ...grant } of granted)
            await tx
              .insertInto('grant_')
              .values({
                ...grant,
                facts: storableJson(facts),
                state: 'granted',
                valid_from: instantText(from),
                valid_until: instantText(until),
                approved_by: [...approvedBy],
              })
              .onConflict((on) => on.column('id').doNothing())
              .execute();
          if (revoked)
            await tx
              .updateTable('grant_')
              .set({ state: 'revoked', revoked_at: instantText(revoked.at), revoked_by: revoked.by })
              .where('id', '=', revoked.id)
              .where('revoked_at', 'is', null)
              .execute();
          if (epoch)
            await tx
              .insertInto('epoch')
              .values({ n: epoch.n, at: instantText(epoch.at), change: storableJson(epoch.change) })
              .onConflict((on) => on.column('n').doNothing())
              .execute();
        });
      }),
    drafted: () =>
      attempt(() => policies.selectFrom('agreement_version').selectAll().orderBy('at').execute()),
    recorded: () =>
      attempt(() =>
        policies
          .selectFrom('decision')
          .select(['id', 'subject', 'at', 'by', 'kind', 'facts'])
          .orderBy('seq')
          .execute(),
      ),
  };
}
