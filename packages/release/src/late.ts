import { DELAY_LADDER } from '@concord/agreement';
import type { Catalogue } from './catalogue.ts';
import type { Position } from './position.ts';
import type { Row } from './row.ts';
import type { Session } from './session.ts';
import type { Standing } from './standing.ts';

/** After every item of a millisecond. */
export const LATE_END = 2 ** 40 - 1;

/** A row together with the instant of its release, milliseconds UTC. */
export interface ReleasedRow extends Row {
  readonly release: number;
}

/** What a page of the store is asked for; classes carry the rung of the reader's verdict. */
export interface PageRequest {
  readonly streams: readonly number[];
  readonly classes: readonly { readonly id: number; readonly rung: number }[];
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
}

/** The classes that a session's interest may bring, each with its rung. */
export function classesFor(
  { standing, catalogue }: Omit<Parts, 'late'>,
  subjectClass: number,
  streams: Iterable<number>,
): { id: number; rung: number }[] {
  const found = new Map<number, number>();
  for (const stream of streams) {
    for (const id of catalogue.classesOf(stream)) {
      const verdict = standing.matrix.verdict(id, subjectClass);
      if (verdict !== 0) found.set(id, standing.matrix.rung(verdict));
    }
  }
  return [...found].map(([id, rung]) => ({ id, rung }));
}

/** Streams that a session wants and its subject class may have. */
export const streamsOf = (
  { standing, catalogue }: Omit<Parts, 'late'>,
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
  const { standing } = parts;
  const { reader } = session;
  const streams = streamsOf(parts, session, until);
  const classes = classesFor(parts, reader.subjectClass, streams).filter(({ rung }) => rung > 0);
  if (classes.length === 0) return [];
  const rows: { row: Row; verdict: number; release: number }[] = [];
  let after: Position = session.position;
  for (;;) {
    const request = { streams, classes, after, upTo: until, limit: PAGE };
    const page = await parts.late.page(reader.subjectClass, reader.principal.party, request, reader.signal);
    for (const row of page) {
      const verdict = standing.matrix.verdict(row.releaseClass, reader.subjectClass);
      if (verdict !== 0 && row.release === row.ingested + DELAY_LADDER[standing.matrix.rung(verdict)].ms) {
        rows.push({ row, verdict, release: row.release });
      }
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return rows;
    after = { ...after, lateAt: last.release, lateSeq: last.seq };
  }
}
