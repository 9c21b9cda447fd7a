import { mkdirSync, realpathSync } from 'node:fs';
import { Client } from 'pg';
import { type Connections, connectionsTo, type Target } from './connections.ts';
import { openCluster } from './embedded/cluster.ts';
import { type FolderLock, lockFolder } from './embedded/folder-lock.ts';
import { makeLogins, targetOf } from './embedded/make-logins.ts';
import { LOGINS, type Login } from './embedded/secrets.ts';
import { type Supervised, supervise } from './embedded/supervise.ts';
import { asStoreError, StoreError } from './error.ts';
import { type Guard, standGuard } from './guard.ts';
import { migrate } from './migrations/migrate.ts';
import { DAY_MS, dayOf, type Partitions, partitionsOf } from './migrations/partitions.ts';
import { loadStreamClasses, type StreamClasses } from './stream-classes.ts';

/** A database that is up, watched, and ours alone. */
export interface Database {
  readonly isUp: boolean;
  /** The process of the embedded PostgreSQL; undefined for an external one or while it is down. */
  readonly pid: number | undefined;
  /** Told with a reason when the database goes away; may be told again while it stays away. Returns the way out. */
  onDown(listener: (reason: string) => void): () => void;
  /** Told when it is back. */
  onUp(listener: () => void): () => void;
  /** Resolves once the database is up; rejects with `closed` when it is closed instead. */
  whenUp(): Promise<void>;
  /** Ends all connections and stops the embedded PostgreSQL. */
  close(): Promise<void>;
}

export type DatabaseOptions =
  /** An embedded PostgreSQL with its files in that folder, on a loopback port (0, the default: any). */
  | { readonly dataDir: string; readonly port?: number }
  /** Another server, by a connection URL a login. The owner must own the database; the others need only exist. */
  | { readonly urls: Readonly<Record<Login, string>> };

/** What the rooms of this package see of a database, and nobody else. */
export interface Inside {
  readonly connections: Connections;
  readonly partitions: Partitions;
  readonly streamClasses: StreamClasses;
}

const insides = new WeakMap<Database, Inside>();

export function insideOf(database: Database): Inside {
  const inside = insides.get(database);
  if (inside === undefined) throw new StoreError('bad-option', 'this is no database of ours');
  return inside;
}

interface Home {
  readonly targets: () => Readonly<Record<Login, Target>>;
  readonly server?: Supervised;
  readonly lock?: FolderLock;
}

async function embeddedHome(dataDir: string, port: number, onExit: (reason: string) => void): Promise<Home> {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const folder = realpathSync(dataDir);
  const lock = await lockFolder(folder);
  try {
    const server = await supervise(await openCluster(folder), port, onExit);
    try {
      await makeLogins(folder, server.port);
    } catch (error) {
      await server.stop();
      throw error;
    }
    const of = (login: Login): Target => targetOf(folder, login, server.port);
    const targets = () => ({
      owner: of('owner'),
      writer: of('writer'),
      policy: of('policy'),
      reader: of('reader'),
    });
    return { targets, server, lock };
  } catch (error) {
    lock.release();
    throw asStoreError(error);
  }
}

function externalHome(urls: Readonly<Record<Login, string>>): Home {
  const of = (login: Login): Target => {
    if (!/^postgres(ql)?:\/\//.test(urls[login])) {
      throw new StoreError('bad-option', `the URL of login ${login} is not of the form postgres://…`);
    }
    return { connectionString: urls[login] };
  };
  const targets = { owner: of('owner'), writer: of('writer'), policy: of('policy'), reader: of('reader') };
  return { targets: () => targets };
}

const userOf = (target: Target): string => new Client(target).user ?? '';

/** Opens the database, makes it if there is none, and brings its schema up to date. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const down = new Set<(reason: string) => void>();
  const up = new Set<() => void>();
  let state: 'up' | 'down' | 'closed' = 'up';
  const onDown = (reason: string): void => {
    if (state === 'up') state = 'down';
    for (const listener of [...down]) listener(reason);
  };
  const home =
    'urls' in options
      ? externalHome(options.urls)
      : await embeddedHome(options.dataDir, options.port ?? 0, onDown);
  const targets = home.targets();
  const users = new Set(LOGINS.map((login) => userOf(targets[login])));
  const connections = connectionsTo(targets);
  const roles = {
    writer: userOf(targets.writer),
    policy: userOf(targets.policy),
    reader: userOf(targets.reader),
  };
  const partitions = partitionsOf(connections.owner, roles.writer);
  let guard: Guard | undefined;
  let streamClasses: StreamClasses;

  const stopAll = async (): Promise<void> => {
    await guard?.close();
    await connections.close();
    await home.server?.stop();
    home.lock?.release();
  };
  const aheadOfNeed = (): Promise<void> => {
    const today = dayOf(Date.now());
    return Promise.all([partitions.ensure(today), partitions.ensure(today + 1)]).then(() => undefined);
  };

  try {
    if (users.size < LOGINS.length)
      throw new StoreError('bad-option', 'each login must be a role of its own');
    guard = await standGuard(() => home.targets().owner, {
      onDown,
      onUp() {
        if (state === 'closed') return;
        state = 'up';
        if (home.server !== undefined) connections.moveTo(home.server.port);
        for (const listener of [...up]) listener();
      },
    });
    await migrate(connections.migrations, roles);
    await aheadOfNeed();
    streamClasses = await loadStreamClasses(connections.owner);
  } catch (error) {
    await stopAll();
    throw asStoreError(error);
  }
  const timer = setInterval(() => aheadOfNeed().catch(() => undefined), DAY_MS / 24).unref();

  const listen = <Listener>(set: Set<Listener>, listener: Listener): (() => void) => {
    set.add(listener);
    return () => set.delete(listener);
  };
  let closing: Promise<void> | undefined;
  const database: Database = {
    get isUp() {
      return state === 'up';
    },
    get pid() {
      return home.server?.pid;
    },
    onDown: (listener) => listen(down, listener),
    onUp: (listener) => listen(up, listener),
    whenUp() {
      if (state === 'up') return Promise.resolve();
      const closed = new StoreError('closed', 'the database has been closed');
      if (state === 'closed') return Promise.reject(closed);
      return new Promise((resolve, reject) => {
        const stop = listen(up, () => {
          stop();
          if (state === 'up') resolve();
          else reject(closed);
        });
      });
    },
    close() {
      closing ??= (async () => {
        clearInterval(timer);
        state = 'closed';
        // Those who wait learn that they wait in vain.
        for (const listener of [...up]) listener();
        await stopAll();
      })();
      return closing;
    },
  };
  insides.set(database, { connections, partitions, streamClasses });
  return database;
}
