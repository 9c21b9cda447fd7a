import { Kysely, PostgresDialect } from 'kysely';
import { Pool, type PoolConfig } from 'pg';
import type { Login } from './embedded/secrets.ts';
import type { Schema } from './schema.ts';
import { VALUE_TYPES } from './values.ts';

/** How to log in: all that `pg` needs for it. */
export type Target = Pick<
  PoolConfig,
  'connectionString' | 'host' | 'port' | 'user' | 'password' | 'database'
>;

export interface Connections {
  readonly owner: Pool;
  readonly writer: Pool;
  readonly policy: Pool;
  readonly reader: Pool;
  readonly migrations: Kysely<Schema>;
  readonly policies: Kysely<Schema>;
  /** New connections go to that port from now on. */
  moveTo(port: number): void;
  close(): Promise<void>;
}

/** Together below `max_connections` with room for an operator's session. */
const SIZES: Readonly<Record<Login, number>> = { owner: 3, writer: 2, policy: 6, reader: 20 };

/**
 * A reader's queries are cut after half a minute, cannot write, and end soon after their connection is dropped; none
 * of this replaces row security. They follow the order of an index wherever there is one: the planner, which does not
 * know the bounds of a lateral range, would else read and sort all of it for the sake of its first rows.
 */
const OPTIONS: Readonly<Record<Login, string>> = {
  owner: '',
  writer: '',
  policy: '',
  reader:
    '-c default_transaction_read_only=on -c statement_timeout=30s -c client_connection_check_interval=500ms -c enable_sort=off',
};

/** The session settings on which our reading of values rests. */
export const SESSION = '-c timezone=UTC -c datestyle=ISO -c search_path=concord';

function poolOf(login: Login, target: Target): Pool {
  const pool = new Pool({
    ...target,
    max: SIZES[login],
    types: VALUE_TYPES,
    options: `${SESSION} ${OPTIONS[login]}`,
    application_name: `concord-${login}`,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    allowExitOnIdle: true,
    keepAlive: true,
  });
  // A connection that ends fails its query and is dropped by the pool; that it ended is an event besides, of the pool
  // when idle and of the connection when in use, which would end the process if nobody listened.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A pool a login. Nothing is connected yet. */
export function connectionsTo(targets: Readonly<Record<Login, Target>>): Connections {
  const owner = poolOf('owner', targets.owner);
  const writer = poolOf('writer', targets.writer);
  const policy = poolOf('policy', targets.policy);
  const reader = poolOf('reader', targets.reader);
  const pools = [owner, writer, policy, reader];
  return {
    owner,
    writer,
    policy,
    reader,
    migrations: new Kysely<Schema>({ dialect: new PostgresDialect({ pool: owner }) }),
    policies: new Kysely<Schema>({ dialect: new PostgresDialect({ pool: policy }) }),
    moveTo(port) {
      for (const pool of pools) pool.options.port = port;
    },
    async close() {
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}
