import type { StreamClasses } from '../stream-classes.ts';
import { instantText } from '../values.ts';
import { RESULT_COLUMNS, ROW_COLUMNS, type Selected, type StoredRow, storedRow } from './stored-row.ts';
import type { Query } from './subject.ts';
import { pairsTable, type VisibleClass, visiblePairs } from './visible-pairs.ts';

export interface OneQuery {
  readonly streams: readonly number[];
  readonly classes: readonly VisibleClass[];
  /** Milliseconds UTC. */
  readonly ingested: number;
  readonly seq: number;
}

const STATEMENT = `
select ${RESULT_COLUMNS} from ${pairsTable()} p
cross join lateral (
  select ${ROW_COLUMNS} from concord.observation o
  where o.stream = p.stream and o.release_class = p.release_class and o.ingested = $5 and o.seq = $6
) t`;

/**
 * One row by its place. What the subject may have is probed, and nothing else is: a row that is hidden is looked for
 * just as one that does not exist.
 */
export async function one(
  query: Query,
  occurring: StreamClasses,
  { streams, classes, ingested, seq }: OneQuery,
): Promise<StoredRow | undefined> {
  const pairs = visiblePairs(occurring, streams, classes);
  const values = [pairs.streams, pairs.classes, pairs.rungs, pairs.delays, instantText(ingested), seq];
  const [row] = await query<Selected>({ name: 'one', text: STATEMENT, values });
  return row && storedRow(row);
}
