import type { Pool, PoolClient } from 'pg';
import { type Database, insideOf } from '../database.ts';
import { attempt, StoreError } from '../error.ts';
import { isRung } from '../ladder.ts';

/** That a subject class may have a release class, after the delay of that rung. */
export interface Cell {
  readonly subjectClass: number;
  readonly releaseClass: number;
  readonly rung: number;
}

/** What row security goes by. Each call is one transaction: a reader sees all of a change or nothing of it. */
export interface Allowed {
  /** All that is allowed to a subject class; what was allowed before and is not here no longer is. */
  replaceAllowed(subjectClass: number, cells: readonly Pick<Cell, 'releaseClass' | 'rung'>[]): Promise<void>;
  /** The cells of one release class, beside what is there. */
  setAllowedForReleaseClass(
    releaseClass: number,
    cells: readonly Pick<Cell, 'subjectClass' | 'rung'>[],
  ): Promise<void>;
  /** Takes cells away and sets others, whatever they were before. */
  changeAllowed(change: {
    readonly deny: readonly Pick<Cell, 'subjectClass' | 'releaseClass'>[];
    readonly allow: readonly Cell[];
  }): Promise<void>;
  /** Nothing is allowed to that subject class any more. */
  clearAllowed(subjectClass: number): Promise<void>;
  /** Nothing is allowed to anybody: so a start begins, and cells come back with the readers that have them. */
  clearAll(): Promise<void>;
  /** Every cell there is. */
  allowed(): Promise<Cell[]>;
}

/** Columns as arrays: one statement of three parameters, however many cells. */
const SET = `insert into concord.allowed (subject_class, release_class, delay)
  select * from unnest($1::int[], $2::int[], $3::smallint[])
  on conflict (subject_class, release_class) do update set delay = excluded.delay
  where allowed.delay <> excluded.delay`;
const DENY = `delete from concord.allowed a using unnest($1::int[], $2::int[]) as d(subject_class, release_class)
  where a.subject_class = d.subject_class and a.release_class = d.release_class`;
const KEEP_ONLY = `delete from concord.allowed
  where subject_class = $1 and release_class <> all($2::int[])`;

async function set(client: Pool | PoolClient, cells: readonly Cell[]): Promise<void> {
  if (cells.length === 0) return;
  const wrong = cells.find(({ rung }) => !isRung(rung));
  if (wrong) throw new StoreError('bad-option', `${wrong.rung} is no rung of the delay ladder`);
  await client.query(SET, [
    cells.map(({ subjectClass }) => subjectClass),
    cells.map(({ releaseClass }) => releaseClass),
    cells.map(({ rung }) => rung),
  ]);
}

export function allowedOf(database: Database): Allowed {
  const { policy } = insideOf(database).connections;

  const inTransaction = (work: (client: PoolClient) => Promise<void>): Promise<void> =>
    attempt(async () => {
      const client = await policy.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        await work(client);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback').catch((lost: Error) => {
          broken = lost;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    });

  return {
    replaceAllowed: (subjectClass, cells) =>
      inTransaction(async (client) => {
        // What stays is not touched: most of a matrix is the same after a change.
        await client.query(KEEP_ONLY, [subjectClass, cells.map(({ releaseClass }) => releaseClass)]);
        await set(
          client,
          cells.map((cell) => ({ ...cell, subjectClass })),
        );
      }),
    setAllowedForReleaseClass: (releaseClass, cells) =>
      attempt(() =>
        set(
          policy,
          cells.map((cell) => ({ ...cell, releaseClass })),
        ),
      ),
    changeAllowed: ({ deny, allow }) =>
      inTransaction(async (client) => {
        if (deny.length > 0) {
          const subjects = deny.map(({ subjectClass }) => subjectClass);
          await client.query(DENY, [subjects, deny.map(({ releaseClass }) => releaseClass)]);
        }
        await set(client, allow);
      }),
    clearAllowed: (subjectClass) =>
      attempt(async () => {
        await policy.query('delete from concord.allowed where subject_class = $1', [subjectClass]);
      }),
    clearAll: () =>
      attempt(async () => {
        await policy.query('delete from concord.allowed');
      }),
    allowed: () =>
      attempt(async () => {
        const text = `select subject_class as "subjectClass", release_class as "releaseClass", delay as rung
          from concord.allowed order by 1, 2`;
        return (await policy.query<Cell>(text)).rows;
      }),
  };
}
