import { StoreError } from '../error.ts';
import { delayOf, isRung, type Rung } from '../ladder.ts';
import type { StreamClasses } from '../stream-classes.ts';

/** A release class that the gate allows to the subject, and after which delay. */
export interface VisibleClass {
  readonly id: number;
  readonly rung: Rung;
}

/** Columns of pairs (stream, release class, rung, delay in ms), the form in which a query takes them. */
export interface VisiblePairs {
  readonly streams: number[];
  readonly classes: number[];
  readonly rungs: number[];
  readonly delays: number[];
}

/** The pairs that both occur in the streams asked for and are allowed: all that a query looks at. */
export function visiblePairs(
  occurring: StreamClasses,
  streams: readonly number[],
  classes: readonly VisibleClass[],
): VisiblePairs {
  const rungs = new Map<number, Rung>();
  for (const { id, rung } of classes) {
    if (!isRung(rung)) throw new StoreError('bad-option', `${String(rung)} is no rung of the delay ladder`);
    rungs.set(id, rung);
  }
  const pairs: VisiblePairs = { streams: [], classes: [], rungs: [], delays: [] };
  for (const stream of new Set(streams)) {
    for (const releaseClass of occurring.in(stream)) {
      const rung = rungs.get(releaseClass);
      if (rung === undefined) continue;
      pairs.streams.push(stream);
      pairs.classes.push(releaseClass);
      pairs.rungs.push(rung);
      pairs.delays.push(delayOf(rung));
    }
  }
  return pairs;
}

/**
 * The pairs as a table expression `p` of a query whose first four parameters they are, with a column an extra array
 * of instants. Those that row security would refuse row by row drop out here, before any row is looked at.
 */
export const pairsTable = (...instants: readonly string[]): string => {
  const arrays = ['$1::int[]', '$2::int[]', '$3::int[]', '$4::float8[]'];
  const columns = ['stream', 'release_class', 'rung', 'delay', ...instants];
  for (const index of instants.keys()) arrays.push(`$${5 + index}::timestamptz[]`);
  return `(select u.* from unnest(${arrays.join(', ')}) as u(${columns.join(', ')})
    join concord.allowed a on a.release_class = u.release_class and a.delay = u.rung
      and a.subject_class = (select current_setting('concord.subject')::int))`;
};
