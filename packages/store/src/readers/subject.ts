import { connect } from 'node:net';
import { escapeLiteral, type Pool, type PoolClient } from 'pg';
import { asStoreError, StoreError } from '../error.ts';

export interface Statement {
  /** Prepared under that name, where given. */
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/** Runs queries of one reader's transaction; refuses (`closed`) once that is over. */
export type Query = <Selected extends object>(statement: Statement) => Promise<Selected[]>;

export interface Subject {
  readonly subjectClass: number;
  readonly party: string;
}

/**
 * Asks the server to cancel what that connection runs (PostgreSQL's protocol, "Canceling Requests in Progress"): a
 * connection of its own with 16 bytes, no login and no answer. Closing our socket alone would leave the query running
 * until it writes.
 */
function cancel(client: PoolClient): void {
  const { processID, secretKey, host, port } = client as unknown as {
    processID: number;
    secretKey: number;
    host: string;
    port: number;
  };
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80877102, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const socket = connect({ host, port });
  socket.on('error', () => undefined);
  socket.setTimeout(2_000, () => socket.destroy());
  socket.end(request);
}

/** One read-only transaction; it begins with the first query, so that asking for nothing touches no database. */
class Transaction {
  private readonly pool: Pool;
  private readonly subject: Subject;
  private begun: Promise<PoolClient> | undefined;
  private client: PoolClient | undefined;
  private over = false;

  constructor(pool: Pool, subject: Subject) {
    this.pool = pool;
    this.subject = subject;
  }

  readonly query: Query = async <Selected extends object>(statement: Statement): Promise<Selected[]> => {
    this.mustRun();
    this.begun ??= this.begin();
    const client = await this.begun;
    this.mustRun();
    const { rows } = await client.query<Selected>(statement);
    this.mustRun();
    return rows;
  };

  private mustRun(): void {
    if (this.over) throw new StoreError('closed', 'the transaction of this reader is over');
  }

  private async begin(): Promise<PoolClient> {
    const client = await this.pool.connect();
    if (this.over) {
      client.release();
      this.mustRun();
    }
    this.client = client;
    await client.query(
      `begin read only; select set_config('concord.subject', '${this.subject.subjectClass}', true),
       set_config('concord.party', ${escapeLiteral(this.subject.party)}, true)`,
    );
    return client;
  }

  /** Ends it in order; a connection on which even that fails is not used again. */
  async end(statement: 'commit' | 'rollback'): Promise<void> {
    if (this.over) return;
    this.over = true;
    if (this.client === undefined) return;
    const broken = await this.client.query(statement).then(
      () => undefined,
      (error: Error) => error,
    );
    this.client.release(broken);
  }

  /** Ends it at once, in the same turn. */
  abort(reason: Error): void {
    if (this.over) return;
    this.over = true;
    if (this.client === undefined) return;
    cancel(this.client);
    this.client.release(reason);
  }
}

/**
 * Runs `run` in a read-only transaction of the reader's login in which row security knows the subject. Settings end
 * with the transaction, so a connection that is used again knows nobody. When the signal fires, the promise is
 * rejected (`aborted`), the query is cancelled, and the connection is not used again.
 */
export async function inTransaction<Result>(
  pool: Pool,
  subject: Subject,
  run: (query: Query) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  if (!Number.isInteger(subject.subjectClass)) throw new StoreError('bad-option', 'subjectClass is no id');
  if (subject.party.includes('\0')) throw new StoreError('bad-option', 'party is no name');
  const transaction = new Transaction(pool, subject);
  let stopListening = (): void => undefined;
  const gaveUp = new Promise<never>((_, reject) => {
    const giveUp = (): void => {
      const error = new StoreError('aborted', 'the reader gave up', { cause: signal?.reason });
      transaction.abort(error);
      reject(error);
    };
    if (signal?.aborted === true) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    stopListening = () => signal?.removeEventListener('abort', giveUp);
  });
  gaveUp.catch(() => undefined);
  try {
    signal?.throwIfAborted();
    const result = await Promise.race([run(transaction.query), gaveUp]);
    await Promise.race([transaction.end('commit'), gaveUp]);
    return result;
  } catch (error) {
    await transaction.end('rollback');
    if (signal?.aborted === true) return await gaveUp;
    throw asStoreError(error);
  } finally {
    stopListening();
  }
}
