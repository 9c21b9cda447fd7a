import { join } from 'node:path';
import type { AuthorityOptions, AuthorityStore, Drafted, Grant, Recorded } from '@concord/authority';
import type { ReleaseFacts } from '@concord/gate';
import type { SessionRecord, SessionStore, TokenRevocations } from '@concord/identity';
import { createMemoryTokenRevocations } from '@concord/identity';
import type { IntakeStore } from '@concord/intake';
import { isItemKind, type OfficerId, type PartyId, parseLabel, type StreamId } from '@concord/label';
import {
  type CatalogueRecord,
  type PolicyRecord,
  type ReceiptRecord,
  type Release,
  type ReleaseOptions,
  type StoreReader,
  storeReader,
} from '@concord/release';
import {
  type CommittedRow,
  createAppender,
  createClasses,
  createDecisionRecord,
  createDecisions,
  createHousekeeping,
  createRecalls,
  createReceiptLog,
  createReclass,
  createRetention,
  type Housekeeping,
  openDatabase,
  type StoredGrant,
} from '@concord/store';
import type { NodeConfig } from './config.ts';
import type { RunRecord, RunStore } from './runs.ts';

/** The store, cut to what each room asks of it. */
export interface Storage extends RunStore {
  readonly policy: PolicyRecord;
  readonly catalogue: CatalogueRecord;
  readonly receipts: ReceiptRecord;
  readonly reader: StoreReader;
  readonly upkeep: ReleaseOptions['upkeep'];
  readonly intake: IntakeStore;
  readonly authority: AuthorityStore;
  readonly sessions: SessionStore;
  readonly revocations: TokenRevocations;
  /** The last row that was committed before this start. */
  readonly committed: { readonly at: number; readonly seq: number };
  leaves(log: string, from: number, limit: number): Promise<readonly Uint8Array[]>;
  logs(): Promise<readonly string[]>;
  /** What was decided so far; grants that are given are kept unless they are there already. */
  kept(given: readonly Grant[]): Promise<AuthorityOptions['kept']>;
  /** Gives back to the point of release the classes, labels and streams of before. */
  restore(release: Release): Promise<void>;
  isUp(): boolean;
  /** Process of the embedded database, where there is one. */
  readonly databasePid: number | undefined;
  close(): Promise<void>;
}

export async function openStorage(
  config: NodeConfig,
  onCommitted: (rows: readonly CommittedRow[]) => void,
  onError: (cause: unknown) => void,
): Promise<Storage> {
  const database = await openDatabase(
    config.database ? { urls: config.database } : { dataDir: join(config.dataDir, 'database') },
  );
  try {
    const appender = await createAppender(database, { onCommitted, onError });
    const classes = createClasses(database);
    const decisions = createDecisions(database);
    const record = createDecisionRecord(database);
    const house = createHousekeeping(database);
    const log = createReceiptLog(database);
    return {
      policy: classes,
      catalogue: classes,
      receipts: log,
      reader: storeReader(database),
      upkeep: {
        ...createReclass(database),
        ...createRecalls(database),
        ...createRetention(database),
        numbered: () => appender.last.seq,
        judged: {
          read: () => house.setting('areas-judged'),
          save: (key) => house.saveSetting('areas-judged', key),
        },
      },
      intake: {
        append: (rows, progress) => appender.append(rows, progress),
        quarantine: (entries) => house.quarantine(entries),
      },
      authority: {
        record: ({ granted = [], ...entry }) =>
          record.record({ ...entry, granted: granted.map(storedGrant) }),
      },
      sessions: sessionStore(house),
      revocations: await tokenRevocations(house),
      committed: appender.last,
      leaves: (name, from, limit) => log.leaves(name, from, limit),
      logs: () => log.logs(),
      kept: async (given) => {
        for (const one of given) await decisions.addGrant(storedGrant(one));
        const revoked = new Set<string>();
        const recorded = (await record.recorded()) as Recorded[];
        for (const { subject, kind } of recorded)
          if (kind === 'revoked' && subject.startsWith('grant/')) revoked.add(subject.slice('grant/'.length));
        return {
          drafted: (await record.drafted()) as Drafted[],
          recorded,
          grants: (await decisions.grants()).map((one) => grantOf(one, revoked.has(one.id))),
          epoch: await decisions.lastEpoch(),
        };
      },
      restore: (release) => restore(release, classes),
      saveRun: (run) => house.saveSetting(`run:${run.run}`, run),
      findRun: async (run) => (await house.setting(`run:${run}`)) as RunRecord | undefined,
      runProgress: (run) => house.runProgress(run),
      isUp: () => database.isUp,
      get databasePid() {
        return database.pid;
      },
      close: async () => {
        await appender.close().catch(onError);
        await database.close();
      },
    };
  } catch (cause) {
    await database.close();
    throw cause;
  }
}

const storedGrant = (grant: Grant): StoredGrant => {
  const { level, compartments, purposes, clearance, breakGlass, ...rest } = grant;
  return { ...rest, facts: { level, compartments, purposes, clearance, breakGlass } };
};

/** A grant as it was kept. One that was revoked while it was being written is revoked, in whichever order that came. */
function grantOf({ facts, ...grant }: StoredGrant, revoked: boolean): Grant {
  const whole = { ...grant, ...(facts as object) } as Grant;
  return revoked && !whole.revoked ? { ...whole, revoked: { at: whole.from, by: whole.sponsor } } : whole;
}

async function restore(release: Release, classes: ReturnType<typeof createClasses>): Promise<void> {
  await classes.clearAll();
  for (const { id, facts } of await classes.releaseClasses())
    release.standing.restore(id, facts as ReleaseFacts);
  for (const { id, name, party, kind } of await classes.streams()) {
    if (isItemKind(kind)) release.catalogue.restoreStream(id, name as StreamId, party as PartyId, kind);
  }
  for (const { id, text } of await classes.labels()) release.catalogue.restoreLabel(id, parseLabel(text));
  for (const { stream, releaseClass, since } of await classes.occurrences()) {
    release.catalogue.occurs(stream, releaseClass, since);
  }
}

type SessionFacts = Omit<SessionRecord, 'id' | 'secretHash' | 'officer' | 'expires'>;

function sessionStore(house: Housekeeping): SessionStore {
  const recordOf = (one: {
    id: string;
    reference: string;
    officer: string;
    expires: number;
    facts: unknown;
  }): SessionRecord => ({
    ...(one.facts as SessionFacts),
    id: one.id,
    secretHash: one.reference,
    officer: one.officer as OfficerId,
    expires: one.expires,
  });
  return {
    insert: ({ id, secretHash, officer, expires, ...facts }) =>
      house.insertSession({ id, officer, reference: secretHash, facts, expires }),
    findBySecret: async (hash) => {
      const found = await house.sessionByReference(hash);
      return found && recordOf(found);
    },
    touch: async (id, lastSeen) => {
      const found = await house.sessionById(id);
      if (found) await house.updateSession(id, { ...(found.facts as SessionFacts), lastSeen });
    },
    remove: (id) => house.removeSession(id),
    list: async (officer) => (await house.sessionsOf(officer)).map(recordOf),
    removeExpired: async (now, idleSince) => {
      const over = (await house.sessions())
        .map(recordOf)
        .filter((one) => one.expires <= now || one.lastSeen < idleSince);
      for (const { id } of over) await house.removeSession(id);
      return over.map((one) => one.id);
    },
  };
}

/** Revoked tokens: looked up in memory at every request, kept in the store for the next start. */
async function tokenRevocations(house: Housekeeping): Promise<TokenRevocations> {
  const memory = createMemoryTokenRevocations();
  for (const { id, expires } of await house.revokedTokens()) {
    const officer = /^officer:(\d+):(.+)$/.exec(id);
    if (officer) await memory.revokeOfficer(officer[2]!, Number(officer[1]), expires);
    else await memory.revoke(id, expires);
  }
  return {
    revoke: async (jti, until) => {
      await memory.revoke(jti, until);
      await house.revokeToken(jti, until);
    },
    revokeOfficer: async (officer, issuedUpTo, until) => {
      await memory.revokeOfficer(officer, issuedUpTo, until);
      await house.revokeToken(`officer:${issuedUpTo}:${officer}`, until);
    },
    isRevoked: (token) => memory.isRevoked(token),
    prune: async (now) => {
      await memory.prune(now);
      await house.pruneTokens(now);
    },
  };
}
