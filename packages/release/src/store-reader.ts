import type { Database } from '@concord/store';
import { createEveryGiven, createReaders, type PageQuery } from '@concord/store/readers';
import type { ReleasedRow, RequestedClass } from './late.ts';
import type { StoreReader } from './query.ts';
import { NOBODY } from './reader.ts';

type Rung = 0 | 1 | 2 | 3 | 4 | 5;
type Classes = readonly RequestedClass[];

const visible = (classes: Classes) => classes.map(({ id, rung }) => ({ id, rung: rung as Rung }));

/**
 * The row-secured readers of the store as the point of release uses them: what is released at once and what is late
 * have positions of their own and are merged in order of release.
 */
export function storeReader(database: Database): StoreReader {
  const readers = createReaders(database);
  const every = createEveryGiven(database);
  return {
    page: (subjectClass, party, { streams, classes, late, after, upTo, from, to, bbox, limit }, signal) =>
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
          const lateAfter = { release: after.lateAt, seq: after.lateSeq };
          const parts: ReleasedRow[][] = [];
          const read = async (list: Classes, place: Pick<PageQuery, 'after' | 'upTo' | 'order'>) => {
            if (list.length === 0) return;
            const rows = await reader.page({ ...common, ...place, classes: visible(list) });
            const isLate = (id: number) =>
              place.order === 'again' || list.some((one) => one.id === id && one.rung > 0);
            parts.push(rows.map((row) => ({ ...row, late: isLate(row.releaseClass) })));
          };
          const atOnce = late === true ? [] : classes.filter(({ rung }) => rung === 0);
          await read(atOnce, { after: { release: after.at, seq: after.seq } });
          await read(
            classes.filter(({ rung }) => rung > 0),
            { after: lateAfter, upTo },
          );
          await read(
            classes.filter(({ again }) => again),
            { after: lateAfter, upTo, order: 'again' },
          );
          const found = parts.flat();
          if (parts.length < 2) return found;
          return found.sort((a, b) => a.release - b.release || a.seq - b.seq).slice(0, limit);
        },
        { signal },
      ),
    latest: (subjectClass, party, { streams, classes, limit }, signal) =>
      readers.asSubject(
        subjectClass,
        party,
        async (reader) => {
          const rows = await reader.latest({ streams, classes: visible(classes), limit });
          return rows.map((row) => ({ ...row, late: false }));
        },
        { signal },
      ),
    one: (subjectClass, party, { streams, classes, ingested, seq }, signal) =>
      readers.asSubject(
        subjectClass,
        party,
        async (reader) => {
          const row = await reader.one({ streams, classes: visible(classes), ingested, seq });
          return row && { ...row, late: false };
        },
        { signal },
      ),
    held: (subjectClass, party, classes, newest, signal) =>
      readers.asSubject(subjectClass, party, (reader) => reader.held(classes, newest), { signal }),
    given: (party, wanted) =>
      party === undefined
        ? every(wanted)
        : readers.asSubject(NOBODY, party, (reader) => reader.given(wanted)),
    quarantine: (party, limit, before) =>
      readers.asSubject(NOBODY, party, (reader) => reader.quarantine(limit, before)),
  };
}
