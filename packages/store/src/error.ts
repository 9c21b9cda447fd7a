/** Every way in which the store says no. */
export const STORE_ERROR_CODES = [
  /** The caller gave up (its signal fired); the query is cancelled. */
  'aborted',
  /** A backup that cannot be read back: of another version, damaged, or into a database that is not empty. */
  'archive',
  /** A row that cannot be stored; the rest of its batch is. */
  'bad-row',
  /** An option of `openDatabase` that makes no sense. */
  'bad-option',
  /** No PostgreSQL binaries for this platform, or none that may be run. */
  'no-binaries',
  /** The database (or what was asked of it) has been closed. */
  'closed',
  /** The database cannot be reached now; it may come back. */
  'database-down',
  /** PostgreSQL did not start; the message holds the end of its log. */
  'database-not-started',
  /** Another server works on this data folder or database. */
  'in-use',
  /** A query failed in the database for a reason of its own. */
  'query-failed',
  /** More rows wait for the database than may. */
  'queue-full',
  /** The schema was written by a newer version, or a migration failed. */
  'schema',
] as const;

export type StoreErrorCode = (typeof STORE_ERROR_CODES)[number];

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** SQLSTATE of a PostgreSQL error, or the code of a socket error; empty where there is none. */
export function sqlState(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/**
 * Whether an error says that the connection or the server went away, not that the statement was wrong
 * (PostgreSQL, appendix A: class 08, and 57P01 to 57P05 for shutdown, crash and start).
 */
export function isConnectionLoss(error: unknown): boolean {
  const code = sqlState(error);
  if (/^(08...|57P0[1-5])$/.test(code)) return true;
  if (/^E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN)/.test(code)) return true;
  if (code !== '') return false;
  return /connection|terminated|socket|timeout exceeded/i.test((error as Error | null)?.message ?? '');
}

/** Any error of the driver as one of ours, its cause kept. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError(isConnectionLoss(error) ? 'database-down' : 'query-failed', message, {
    cause: error,
  });
}

/** Does something with the database; what the driver throws comes out as one of ours. */
export async function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw asStoreError(error);
  }
}
