import { type Database, insideOf } from '../database.ts';
import { attempt } from '../error.ts';
import { instantText, storable, storableJson } from '../values.ts';

export interface QuarantinedInput {
  readonly party: string;
  readonly feed: string;
  readonly code: string;
  readonly message: string;
  readonly place: unknown;
  readonly bytes: Uint8Array;
}

export interface WebSession {
  readonly id: string;
  readonly officer: string;
  /** Hash of the secret by which it is found. */
  readonly reference: string;
  readonly facts: unknown;
  /** Milliseconds UTC. */
  readonly expires: number;
}

/** Quarantine, sessions, revoked tokens, settings and the progress of runs. */
export interface Housekeeping {
  /** Durable when it resolves; of each party the oldest beyond the cap are dropped. */
  quarantine(entries: readonly QuarantinedInput[]): Promise<void>;
  setting(key: string): Promise<unknown>;
  saveSetting(key: string, value: unknown): Promise<void>;
  runProgress(run: string): Promise<{ through: number; acknowledged: number } | undefined>;
  insertSession(session: WebSession): Promise<void>;
  sessionByReference(reference: string): Promise<WebSession | undefined>;
  sessionById(id: string): Promise<WebSession | undefined>;
  sessionsOf(officer: string): Promise<WebSession[]>;
  sessions(): Promise<WebSession[]>;
  updateSession(id: string, facts: unknown): Promise<void>;
  removeSession(id: string): Promise<boolean>;
  revokeToken(id: string, expires: number): Promise<void>;
  revokedTokens(): Promise<{ id: string; expires: number }[]>;
  pruneTokens(now: number): Promise<void>;
}

/** Entries of quarantine that are kept for each party. */
const QUARANTINE_CAP = 10_000;
const SAMPLE = 4096;
const KIND = 'web';

export function createHousekeeping(database: Database): Housekeeping {
  const { policies, policy } = insideOf(database).connections;
  const sessionOf = (row: {
    id: string;
    officer: string | null;
    reference: string | null;
    facts: unknown;
    expires: number;
  }): WebSession => ({
    id: row.id,
    officer: row.officer ?? '',
    reference: row.reference ?? '',
    facts: row.facts,
    expires: row.expires,
  });
  const sessions = () =>
    policies
      .selectFrom('web_session')
      .select(['id', 'officer', 'reference', 'facts', 'expires'])
      .where('kind', '=', KIND);
  return {
    quarantine: (entries) =>
      attempt(async () => {
        if (entries.length === 0) return;
        const at = instantText(Date.now());
        const rows = entries.map(({ party, feed, code, message, place, bytes }) => ({
          party,
          feed: storable(feed),
          code: storable(code),
          message: storable(message),
          at,
          stream: null,
          place: storableJson(place),
          bytes: Buffer.from(bytes.subarray(0, SAMPLE)),
        }));
        for (let i = 0; i < rows.length; i += 1000) {
          await policies
            .insertInto('quarantine')
            .values(rows.slice(i, i + 1000))
            .execute();
        }
        for (const party of new Set(entries.map((one) => one.party))) {
          await policy.query(
            `delete from concord.quarantine where party = $1 and id <=
               (select id from concord.quarantine where party = $1 order by id desc offset $2 limit 1)`,
            [party, QUARANTINE_CAP],
          );
        }
      }),
    setting: (key) =>
      attempt(
        async () =>
          (await policies.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst())
            ?.value,
      ),
    saveSetting: (key, value) =>
      attempt(async () => {
        const text = JSON.stringify(value);
        await policies
          .insertInto('setting')
          .values({ key, value: text })
          .onConflict((on) => on.column('key').doUpdateSet({ value: text }))
          .execute();
      }),
    runProgress: (run) =>
      attempt(() =>
        policies
          .selectFrom('feed_run')
          .select(['through', 'acknowledged'])
          .where('run', '=', run)
          .executeTakeFirst(),
      ),
    insertSession: ({ id, officer, reference, facts, expires }) =>
      attempt(async () => {
        const row = {
          kind: KIND,
          id,
          officer,
          reference,
          facts: JSON.stringify(facts),
          expires: instantText(expires),
        };
        await policies.insertInto('web_session').values(row).execute();
      }),
    sessionByReference: (reference) =>
      attempt(async () => {
        const row = await sessions().where('reference', '=', reference).executeTakeFirst();
        return row && sessionOf(row);
      }),
    sessionById: (id) =>
      attempt(async () => {
        const row = await sessions().where('id', '=', id).executeTakeFirst();
        return row && sessionOf(row);
      }),
    sessionsOf: (officer) =>
      attempt(async () => (await sessions().where('officer', '=', officer).execute()).map(sessionOf)),
    sessions: () => attempt(async () => (await sessions().execute()).map(sessionOf)),
    updateSession: (id, facts) =>
      attempt(async () => {
        await policies
          .updateTable('web_session')
          .set({ facts: JSON.stringify(facts) })
          .where('kind', '=', KIND)
          .where('id', '=', id)
          .execute();
      }),
    removeSession: (id) =>
      attempt(async () => {
        const done = await policies
          .deleteFrom('web_session')
          .where('kind', '=', KIND)
          .where('id', '=', id)
          .executeTakeFirst();
        return done.numDeletedRows > 0n;
      }),
    revokeToken: (id, expires) =>
      attempt(async () => {
        const row = { id, expires: instantText(expires) };
        await policies
          .insertInto('token_revocation')
          .values(row)
          .onConflict((on) => on.column('id').doUpdateSet({ expires: row.expires }))
          .execute();
      }),
    revokedTokens: () =>
      attempt(() => policies.selectFrom('token_revocation').select(['id', 'expires']).execute()),
    pruneTokens: (now) =>
      attempt(async () => {
        await policy.query('delete from concord.token_revocation where expires < $1', [instantText(now)]);
      }),
  };
}
