import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { SESSION, type Target } from './connections.ts';
import { asStoreError, StoreError, sqlState } from './error.ts';

/** Any number that other programs on the same server will not lock: "concord" in ASCII. */
const LOCK = '27991626999196260';
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 2_000;

/**
 * One connection that does two things by being there: it holds the advisory lock that makes this process the only
 * one to number rows of this database, and it notices at once when the database goes away.
 */
export interface Guard {
  close(): Promise<void>;
}

export interface GuardEvents {
  onDown(reason: string): void;
  onUp(): void;
}

async function connect(target: () => Target, onEnd: (reason: string) => void): Promise<Client> {
  const client = new Client({
    ...target(),
    options: SESSION,
    application_name: 'concord-guard',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  let reason = 'the connection ended';
  client.on('error', (error) => {
    reason = error.message;
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(${LOCK}) as held`);
    if (rows[0]?.held !== true) throw new StoreError('in-use', 'another server works on this database');
  } catch (error) {
    client.end().catch(() => undefined);
    throw asStoreError(error);
  }
  client.once('end', () => onEnd(reason));
  return client;
}

/** Takes the lock (`in-use` when another has it) and from then on takes it again whenever the connection is lost. */
export async function standGuard(target: () => Target, events: GuardEvents): Promise<Guard> {
  const closing = new AbortController();
  let client: Client | undefined;

  const lost = (reason: string): void => {
    client = undefined;
    if (closing.signal.aborted) return;
    events.onDown(reason);
    void again();
  };
  const again = async (): Promise<void> => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      try {
        const fresh = await connect(target, lost);
        if (closing.signal.aborted) {
          await fresh.end();
          return;
        }
        client = fresh;
        events.onUp();
        return;
      } catch (error) {
        const { message, cause } = asStoreError(error);
        events.onDown(message);
        // It is there and will be ready any moment (57P03, cannot connect now): no need to be patient.
        if (sqlState(cause) === '57P03') pause = FIRST_PAUSE_MS;
      }
    }
  };

  client = await connect(target, lost);
  return {
    async close() {
      closing.abort();
      await client?.end().catch(() => undefined);
    },
  };
}
