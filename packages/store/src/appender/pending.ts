import { dayOf } from '../migrations/partitions.ts';
import { CopyText, withoutLine } from './copy-text.ts';
import { type Appended, type CommittedRow, flawOf, type Progress, type Refusal, type Row } from './row.ts';

/** An `append` that is numbered and encoded, and waits for its commit. */
export interface Pending {
  readonly rows: CommittedRow[];
  /** Where each of `rows` was among those given. */
  readonly places: number[];
  readonly refused: Refusal[];
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly ingested: number;
  readonly progress: Progress | undefined;
  bytes: Buffer;
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

/** Numbers the rows from `firstSeq` and writes them out; those that cannot be stored get no number. */
export function encode(
  given: readonly Row[],
  firstSeq: number,
  ingested: number,
): Pick<Pending, 'rows' | 'places' | 'refused' | 'bytes' | 'lastSeq'> {
  const text = new CopyText(ingested);
  const rows: CommittedRow[] = [];
  const places: number[] = [];
  const refused: Refusal[] = [];
  let seq = firstSeq;
  for (const [index, row] of given.entries()) {
    const reason = flawOf(row) ?? text.add(row, seq);
    if (reason !== undefined) {
      refused.push({ code: 'bad-row', index, reason });
      continue;
    }
    const { stream, series, time, releaseClass, label, lat, lon, record, parsed } = row;
    const committed = { seq, ingested, stream, series, time, releaseClass, label, lat, lon, record };
    rows.push(parsed === undefined ? committed : { ...committed, parsed });
    places.push(index);
    seq += 1;
  }
  return { rows, places, refused, bytes: text.bytes(), lastSeq: seq - 1 };
}

/** Takes a row out that PostgreSQL refused, `line` counted from 1 over all rows of the group. */
export function refuseLine(group: readonly Pending[], line: number, reason: string): boolean {
  let rest = line;
  for (const pending of group) {
    if (rest <= pending.rows.length) {
      pending.bytes = withoutLine(pending.bytes, rest);
      pending.rows.splice(rest - 1, 1);
      const [index = 0] = pending.places.splice(rest - 1, 1);
      pending.refused.push({ code: 'bad-row', index, reason });
      return true;
    }
    rest -= pending.rows.length;
  }
  return false;
}

/** The longest start of the queue that makes one commit: one day's partition, and not too much at once. */
export function takeGroup(queue: Pending[], maxRows: number, maxBytes: number): Pending[] {
  const first = queue[0];
  if (first === undefined) return [];
  let count = 1;
  let rows = first.rows.length;
  let bytes = first.bytes.length;
  for (; count < queue.length; count += 1) {
    const next = queue[count];
    if (next === undefined || dayOf(next.ingested) !== dayOf(first.ingested)) break;
    rows += next.rows.length;
    bytes += next.bytes.length;
    if (rows > maxRows || bytes > maxBytes) break;
  }
  return queue.splice(0, count);
}
