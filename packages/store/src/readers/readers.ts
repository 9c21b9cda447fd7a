import { type Database, insideOf } from '../database.ts';
import { type GivenQuery, type GivenSum, given } from './given.ts';
import { type HeldRows, held, heldByPoint } from './holdings.ts';
import { type LatestQuery, latest } from './latest.ts';
import { type OneQuery, one } from './one.ts';
import { type PageQuery, page } from './page.ts';
import { type QuarantinedEntry, quarantine } from './quarantine.ts';
import { type OwnReceipt, receipts } from './receipts.ts';
import type { StoredRow } from './stored-row.ts';
import { inTransaction } from './subject.ts';

/** What can be read within one transaction, in the name of one subject. */
export interface Reader {
  /** The next rows in release order. */
  page(query: PageQuery): Promise<StoredRow[]>;
  /** One row by its place; undefined alike where it is hidden and where there is none. */
  one(query: OneQuery): Promise<StoredRow | undefined>;
  /** The newest row of each series. */
  latest(query: LatestQuery): Promise<StoredRow[]>;
  /** How many rows of some classes there are; with a limit, of the newest so many rows, by their points. */
  held(classes: readonly number[], newest?: number): Promise<HeldRows[]>;
  /** The newest input of the party itself that could not be used, before an entry where given. */
  quarantine(limit: number, before?: number): Promise<QuarantinedEntry[]>;
  /** The receipts of a log, from an index on, that the party gave or got, with what opens them. */
  receipts(log: string, from: number, limit: number): Promise<OwnReceipt[]>;
  /** Sums of what the party gave and got. */
  given(wanted: GivenQuery): Promise<GivenSum[]>;
}

export interface Readers {
  /**
   * Runs `read` in a read-only transaction under row security for that subject class and party. It has no effect
   * after the signal fires: the running query is cancelled and the promise rejected with `aborted`.
   *
   * @throws StoreError `aborted`, `database-down`, `query-failed`, `closed` when the reader is used afterwards
   */
  asSubject<Result>(
    subjectClass: number,
    party: string,
    read: (reader: Reader) => Promise<Result>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result>;
}

export function createReaders(database: Database): Readers {
  const { connections, streamClasses } = insideOf(database);
  return {
    asSubject(subjectClass, party, read, options) {
      return inTransaction(
        connections.reader,
        { subjectClass, party },
        (query) =>
          read({
            page: (wanted) => page(query, streamClasses, wanted),
            one: (wanted) => one(query, streamClasses, wanted),
            latest: (wanted) => latest(query, streamClasses, wanted),
            held: (classes, newest) =>
              newest === undefined ? held(query, classes) : heldByPoint(query, classes, newest),
            quarantine: (limit, before) => quarantine(query, limit, before),
            receipts: (log, from, limit) => receipts(query, log, from, limit),
            given: (of) => given(query, of),
          }),
        options?.signal,
      );
    },
  };
}
