import { DELAY_LADDER } from '@concord/agreement';
import type { Catalogue } from './catalogue.ts';
import type { Verdicts } from './holds.ts';
import type { Position } from './position.ts';
import type { Row } from './row.ts';
import type { Session } from './session.ts';
import type { Standing } from './standing.ts';

/** After every item of a millisecond. */
export const LATE_END = 2 ** 40 - 1;

/** A row together with the instant of its release, milliseconds UTC. */
export interface ReleasedRow extends Row {
  readonly release: number;
  /** It has its place among what is late: for its delay, or because it has been re-classed. */
  readonly late: boolean;
}

/** A class that a reader may have, the rung of its verdict, and whether items of it have been re-classed. */
export interface RequestedClass {
  readonly id: number;
  readonly rung: number;
  readonly again: boolean;
}

/** What a page of the store is asked for; classes carry the rung of the reader's verdict. */
export interface PageRequest {
  readonly streams: readonly number[];
  readonly classes: readonly RequestedClass[];
  /** Only what is late. */
  readonly late?: boolean;
  readonly after: Position;
  /** Of late rungs only what is released by this instant, milliseconds UTC. */
  readonly upTo: number;
  readonly from?: number;
  readonly to?: number;
  readonly bbox?: {
    readonly west: number;
    readonly south: number;
    readonly east: number;
    readonly north: number;
  };
  readonly limit: number;
}

/** The row-secured side of the store, as one subject class. */
export interface LateReader {
  page(
    subjectClass: number,
    party: string,
    request: PageRequest,
    signal: AbortSignal,
  ): Promise<ReleasedRow[]>;
}

const PAGE = 2000;

interface Parts {
  readonly standing: Standing;
  readonly catalogue: Catalogue;
  readonly late: LateReader;
  readonly verdicts: Verdicts;
}

/** The classes that a session's interest may bring, each with its rung. */
export function classesFor(
  { standing, catalogue }: Omit<Parts, 'late' | 'verdicts'>,
  subjectClass: number,
  streams: Iterable<number>,
): RequestedClass[] {
  const found = new Map<number, RequestedClass>();
  for (const stream of streams) {
    for (const id of catalogue.classesOf(stream)) {
      const verdict = standing.matrix.verdict(id, subjectClass);
      if (verdict === 0) continue;
      const again = (found.get(id)?.again ?? false) || catalogue.hasAgain(stream, id);
      found.set(id, { id, rung: standing.matrix.rung(verdict), again });
    }
  }
  return [...found.values()];
}

/** Streams that a session wants and its subject class may have. */
export const streamsOf = (
  { standing, catalogue }: Omit<Parts, 'late' | 'verdicts'>,
  session: Session,
  now: number,
): number[] =>
  catalogue
    .visible(standing, session.reader.subjectClass, now)
    .filter((stream) => session.wants(stream.id))
    .map((stream) => stream.id);

/** Late items of a session's interest behind its position that are due by `until`, in order of release. */
export async function readLate(
  parts: Parts,
  session: Session,
  until: number,
): Promise<{ row: Row; verdict: number; release: number }[]> {
  const { standing, verdicts } = parts;
  const { reader } = session;
  const streams = streamsOf(parts, session, until);
  const classes = classesFor(parts, reader.subjectClass, streams).filter(
    ({ rung, again }) => rung > 0 || again,
  );
  if (classes.length === 0) return [];
  const rows: { row: Row; verdict: number; release: number }[] = [];
  let after: Position = session.position;
  for (;;) {
    const request = { streams, classes, late: true, after, upTo: until, limit: PAGE };
    const page = await parts.late.page(reader.subjectClass, reader.principal.party, request, reader.signal);
    for (const row of page) {
      const verdict = verdicts.of(row, reader.subjectClass);
      const place = row.since ?? row.ingested;
      if (verdict !== 0 && row.release === place + DELAY_LADDER[standing.matrix.rung(verdict)].ms) {
        rows.push({ row, verdict, release: row.release });
      }
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return rows;
    after = { ...after, lateAt: last.release, lateSeq: last.seq };
  }
}
