import type { Pool } from 'pg';
import { escapeIdentifier } from 'pg';
import { asStoreError, sqlState } from '../error.ts';

export const DAY_MS = 86_400_000;

/** The day of an instant: days since 1970-01-01 UTC. */
export const dayOf = (instant: number): number => Math.floor(instant / DAY_MS);

const date = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The leaf that holds what was ingested on a day, `observation_20261201`. */
export const partitionName = (day: number): string => `observation_${date(day).replaceAll('-', '')}`;

/**
 * Makes the leaf of a day when there is none. It is built beside the table and then attached, which, other than
 * making it in place, stops no reader. Only the writer may put rows in; nobody may read it but through the parent.
 */
async function makePartition(owner: Pool, writer: string, day: number): Promise<void> {
  const leaf = `concord.${partitionName(day)}`;
  const client = await owner.connect();
  try {
    const found = await client.query('select 1 where to_regclass($1) is not null', [leaf]);
    if (found.rowCount === 0) {
      await client.query(
        `begin;
         create table ${leaf} (like concord.observation including defaults including generated including constraints including indexes);
         alter table concord.observation attach partition ${leaf}
           for values from ('${date(day)}T00:00:00Z') to ('${date(day + 1)}T00:00:00Z');
         grant insert on ${leaf} to ${escapeIdentifier(writer)};
         commit`,
      );
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    // Made by somebody else in between (42P07, or a duplicate in the catalogue).
    if (!['42P07', '23505'].includes(sqlState(error))) throw asStoreError(error);
  } finally {
    client.release();
  }
}

/** Knows which days have a leaf, and makes them ahead of need. */
export interface Partitions {
  has(day: number): boolean;
  ensure(day: number): Promise<void>;
}

export function partitionsOf(owner: Pool, writer: string): Partitions {
  const known = new Map<number, Promise<void>>();
  const made = new Set<number>();
  return {
    has: (day) => made.has(day),
    ensure(day) {
      let making = known.get(day);
      if (making === undefined) {
        making = makePartition(owner, writer, day).then(() => {
          made.add(day);
        });
        making.catch(() => known.delete(day));
        known.set(day, making);
      }
      return making;
    },
  };
}
