import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, insideOf } from '../database.ts';
import { asStoreError, isConnectionLoss, StoreError, sqlState } from '../error.ts';
import { dayOf } from '../migrations/partitions.ts';
import { encode, type Pending, refuseLine, takeGroup } from './pending.ts';
import { type Appended, type CommittedRow, flawOfProgress, type Progress, type Row } from './row.ts';
import { type Batch, send } from './send.ts';

/** The one way by which rows enter. A database has one, since it gives out the numbers. */
export interface Appender {
  /**
   * Stores rows in the order of the calls, and resolves once they are committed: they survive whatever happens then,
   * and none is stored twice. While the database is away it waits. Rows that cannot be stored are left out and told.
   *
   * @throws StoreError `queue-full` when too many rows wait (ask `room` first), `bad-option`, `closed`
   */
  append(rows: readonly Row[], progress?: Progress): Promise<Appended>;
  /** Resolves when the queue has room; await it between batches when not awaiting `append`. */
  room(): Promise<void>;
  /** The last row that was committed before this start, or given out since: its instant of ingest and its number. */
  readonly last: { readonly at: number; readonly seq: number };
  /** Commits what waits, then refuses more. */
  close(): Promise<void>;
}

export interface AppenderOptions {
  /** Told of rows right after their commit, in the order of `seq`, before `append` resolves. Must not throw. */
  readonly onCommitted?: (rows: readonly CommittedRow[]) => void;
  /** Told of errors that are waited out (the database is away) and of those of `onCommitted`. */
  readonly onError?: (error: Error) => void;
  /** Rows that may wait before `room` makes callers wait; ten times as many are refused. Default 50,000. */
  readonly maxWaiting?: number;
  /** Clock, milliseconds since 1970. */
  readonly now?: () => number;
}

const GROUP_ROWS = 10_000;
const GROUP_BYTES = 8 * 1024 * 1024;
const LONGEST_PAUSE_MS = 1_000;

/** Errors that pass: lost connections, and lack of resources, locks or time on the server. */
const passes = (error: unknown): boolean => isConnectionLoss(error) || /^(53|55|40|58)/.test(sqlState(error));

export async function createAppender(database: Database, options: AppenderOptions = {}): Promise<Appender> {
  const { connections, partitions, streamClasses } = insideOf(database);
  const { owner, writer } = connections;
  const now = options.now ?? Date.now;
  const maxWaiting = options.maxWaiting ?? 50_000;
  const { rows: last } = await owner.query<{ id: number; seq: number; ingested: number }>(
    `select coalesce(max(id), 0) as id, coalesce(max(last_seq), 0) as seq,
       coalesce(max(ingested), to_timestamp(0)) as ingested from concord.batch`,
  );
  let { id: lastBatch, seq: lastSeq, ingested: lastIngested } = last[0] ?? { id: 0, seq: 0, ingested: 0 };

  const queue: Pending[] = [];
  let waiting = 0;
  let working: Promise<void> | undefined;
  let closed = false;
  let roomy: (() => void)[] = [];

  const report = (error: unknown): void => options.onError?.(asStoreError(error));

  const isCommitted = async (batch: Batch): Promise<boolean> => {
    const found = await owner.query('select 1 from concord.batch where id = $1', [batch.id]);
    return found.rowCount === 1;
  };

  const newClasses = (group: readonly Pending[]): Batch['classes'] => {
    const found = new Map<string, { stream: number; releaseClass: number }>();
    for (const { rows } of group) {
      for (const { stream, releaseClass } of rows) {
        if (!streamClasses.has(stream, releaseClass)) {
          found.set(`${stream} ${releaseClass}`, { stream, releaseClass });
        }
      }
    }
    return [...found.values()];
  };

  /** What to do about a failed try: nothing (it is committed after all), try again, or throw. */
  const recover = async (batch: Batch, error: unknown): Promise<'committed' | 'again'> => {
    const state = sqlState(error);
    const line = /COPY \S+, line (\d+)/.exec((error as { where?: string }).where ?? '')?.[1];
    const reason = (error as Error).message;
    // 22: data exception. 54: program limit exceeded (nesting, size): a fault of that row as well.
    if (/^(22|54)/.test(state) && line !== undefined && refuseLine(batch.group, Number(line), reason))
      return 'again';
    // Our own mark was there: an earlier try did commit, its answer was lost.
    if (state === '23505' && (await isCommitted(batch))) return 'committed';
    if (!passes(error)) throw asStoreError(error);
    report(error);
    for (let pause = 10; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await database.whenUp();
      try {
        return (await isCommitted(batch)) ? 'committed' : 'again';
      } catch (again) {
        if (!passes(again)) throw asStoreError(again);
        await sleep(pause);
      }
    }
  };

  const commit = async (group: readonly Pending[]): Promise<void> => {
    lastBatch += 1;
    const day = dayOf(group[0]?.ingested ?? 0);
    const batch: Batch = { id: lastBatch, group, classes: newClasses(group) };
    for (let tries = 0; ; tries += 1) {
      try {
        if (!partitions.has(day)) await partitions.ensure(day);
        await send(writer, batch);
        break;
      } catch (error) {
        // A server that accepts connections and fails every commit must not be asked in a tight loop.
        if (tries > 0 && passes(error)) await sleep(Math.min(10 * 2 ** tries, LONGEST_PAUSE_MS));
        if ((await recover(batch, error)) === 'committed') break;
      }
    }
    for (const { stream, releaseClass } of batch.classes) streamClasses.add(stream, releaseClass);
  };

  const settle = (pending: Pending): void => {
    const { rows, refused, firstSeq, lastSeq, ingested } = pending;
    try {
      if (rows.length > 0) options.onCommitted?.(rows);
    } catch (error) {
      report(error);
    }
    pending.resolve({ firstSeq, lastSeq, ingested, refused });
  };

  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      const group = takeGroup(queue, GROUP_ROWS, GROUP_BYTES);
      const count = group.reduce((sum, { rows }) => sum + rows.length, 0);
      try {
        await commit(group);
        for (const pending of group) settle(pending);
      } catch (error) {
        for (const pending of group) pending.reject(error);
      }
      waiting -= count;
      if (waiting < maxWaiting) {
        for (const resolve of roomy) resolve();
        roomy = [];
      }
    }
    working = undefined;
  };

  return {
    append(rows, progress) {
      if (closed) return Promise.reject(new StoreError('closed', 'the appender has been closed'));
      if (waiting + rows.length > 10 * maxWaiting) {
        return Promise.reject(new StoreError('queue-full', `${waiting} rows wait for the database`));
      }
      const flaw = progress && flawOfProgress(progress);
      if (flaw) return Promise.reject(new StoreError('bad-option', `${flaw} cannot be stored`));
      const ingested = Math.max(now(), lastIngested);
      const firstSeq = lastSeq + 1;
      const encoded = encode(rows, firstSeq, ingested);
      if (encoded.rows.length === 0 && progress === undefined) {
        return Promise.resolve({ firstSeq, lastSeq, ingested, refused: encoded.refused });
      }
      lastIngested = ingested;
      lastSeq = encoded.lastSeq;
      waiting += encoded.rows.length;
      return new Promise((resolve, reject) => {
        queue.push({ ...encoded, firstSeq, ingested, progress, resolve, reject });
        working ??= work();
      });
    },
    get last() {
      return { at: lastIngested, seq: lastSeq };
    },
    room() {
      if (waiting < maxWaiting) return Promise.resolve();
      return new Promise((resolve) => roomy.push(resolve));
    },
    async close() {
      closed = true;
      await working;
    },
  };
}
