import type { Database } from '@concord/store';
import { createReaders } from '@concord/store/readers';
import type { ReleasedRow } from './late.ts';
import type { StoreReader } from './query.ts';
import { NOBODY } from './reader.ts';

type Rung = 0 | 1 | 2 | 3 | 4 | 5;
type Classes = readonly { readonly id: number; readonly rung: number }[];

const visible = (classes: Classes) => classes.map(({ id, rung }) => ({ id, rung: rung as Rung }));

/**
 * The row-secured readers of the store as the point of release uses them: what is released at once and what is late
 * have positions of their own and are merged in order of release.
 */
export function storeReader(database: Database): StoreReader {
  const readers = createReaders(database);
  return {
    page: (subjectClass, party, { streams, classes, after, upTo, from, to, bbox, limit }, signal) =>
      readers.asSubject(
        subjectClass,
        party,
        async (reader) => {
          const common = {
            streams,
            limit,
            ...(from !== undefined && { from }),
            ...(to !== undefined && { to }),
            ...(bbox && { bbox: [bbox.west, bbox.south, bbox.east, bbox.north] as const }),
          };
          const atOnce = visible(classes.filter(({ rung }) => rung === 0));
          const late = visible(classes.filter(({ rung }) => rung > 0));
          const now = { ...common, classes: atOnce, after: { release: after.at, seq: after.seq } };
          const then = {
            ...common,
            classes: late,
            after: { release: after.lateAt, seq: after.lateSeq },
            upTo,
          };
          const found: ReleasedRow[] = [
            ...(atOnce.length > 0 ? await reader.page(now) : []),
            ...(late.length > 0 ? await reader.page(then) : []),
          ];
          if (atOnce.length === 0 || late.length === 0) return found;
          return found.sort((a, b) => a.release - b.release || a.seq - b.seq).slice(0, limit);
        },
        { signal },
      ),
    latest: (subjectClass, party, { streams, classes, limit }, signal) =>
      readers.asSubject(
        subjectClass,
        party,
        (reader) => reader.latest({ streams, classes: visible(classes), limit }),
        { signal },
      ),
    one: (subjectClass, party, { streams, classes, ingested, seq }, signal) =>
      readers.asSubject(
        subjectClass,
        party,
        (reader) => reader.one({ streams, classes: visible(classes), ingested, seq }),
        { signal },
      ),
    held: (subjectClass, party, classes, newest, signal) =>
      readers.asSubject(subjectClass, party, (reader) => reader.held(classes, newest), { signal }),
    quarantine: (party, limit, before) =>
      readers.asSubject(NOBODY, party, (reader) => reader.quarantine(limit, before)),
  };
}
