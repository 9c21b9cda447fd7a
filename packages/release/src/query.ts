import { DELAY_LADDER } from '@concord/agreement';
import { isItemKind } from '@concord/label';
import type { GivenQuery, GivenSum, HeldRows, QuarantinedEntry } from '@concord/store/readers';
import { cellToBoundary } from 'h3-js';
import type { Catalogue, Stream } from './catalogue.ts';
import { ReleaseError } from './error.ts';
import type { Outgoing } from './frames.ts';
import type { Verdicts } from './holds.ts';
import {
  classesFor,
  type LateReader,
  type PageRequest,
  type ReleasedRow,
  type RequestedClass,
} from './late.ts';
import { type Position, START, type Tokens } from './position.ts';
import { NOBODY, type Reader } from './reader.ts';
import type { Receipts } from './receipts.ts';
import type { Rendered, Renderer } from './render.ts';
import { CREDIT_BYTES } from './session.ts';
import type { Standing } from './standing.ts';

/** Degrees; west is greater than east where the box crosses the antimeridian. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export interface ItemsQuery {
  /** Names of streams; absent, all that the reader may have. */
  readonly streams?: readonly string[];
  readonly kind?: string;
  /** Milliseconds UTC, of the released time; from inclusive, to exclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly bbox?: Box;
  readonly cursor?: string;
  readonly limit?: number;
}

export interface Page {
  /** JSON texts of released items. */
  readonly items: readonly string[];
  readonly next: string | null;
  /** To be called in the turn in which the bytes are handed to the socket. */
  readonly check: () => void;
}

export interface StoreReader extends LateReader {
  latest(
    subjectClass: number,
    party: string,
    request: {
      readonly streams: readonly number[];
      readonly classes: readonly RequestedClass[];
      readonly limit: number;
    },
    signal: AbortSignal,
  ): Promise<ReleasedRow[]>;
  /** One row by its place; undefined alike where it is hidden and where there is none. */
  one(
    subjectClass: number,
    party: string,
    request: {
      readonly streams: readonly number[];
      readonly classes: readonly RequestedClass[];
      readonly ingested: number;
      readonly seq: number;
    },
    signal: AbortSignal,
  ): Promise<ReleasedRow | undefined>;
  /** Counts of rows by class; of the newest so many by their points as well, where a number is given. */
  held(
    subjectClass: number,
    party: string,
    classes: readonly number[],
    newest: number | undefined,
    signal: AbortSignal,
  ): Promise<HeldRows[]>;
  /** Sums of what a party gave and got; of everything where no party is named. */
  given(party: string | undefined, wanted: GivenQuery): Promise<GivenSum[]>;
  /** Input of the party itself that could not be used, newest first. */
  quarantine(party: string, limit: number, before?: number): Promise<QuarantinedEntry[]>;
}

interface Parts {
  readonly standing: Standing;
  readonly catalogue: Catalogue;
  readonly renderer: Renderer;
  readonly tokens: Tokens;
  readonly receipts: Receipts;
  readonly verdicts: Verdicts;
  readonly late: StoreReader;
  readonly now: () => number;
}

const MAX_ITEMS = 1000;
const MAX_LATEST = 50_000;
/** Rows read at a time while a filter lets few of them pass. */
const CHUNK = 500;
/** A coarse cell reaches this far from any point in it, in degrees, by resolution (edge length, with room). */
const CELL_REACH = [
  26, 10, 4, 1.5, 0.6, 0.22, 0.09, 0.033, 0.013, 0.005, 0.002, 0.0008, 0.0003, 0.0001, 5e-5, 2e-5,
];

/** Whether a released place touches the box: the cell's outline where only a cell was released. */
function touches({ west, south, east, north }: Box, where: NonNullable<Rendered['where']>): boolean {
  const inside = (lat: number, lon: number) =>
    lat >= south && lat <= north && (west <= east ? lon >= west && lon <= east : lon >= west || lon <= east);
  if (!('cell' in where)) return inside(where.lat, where.lon);
  const corners = cellToBoundary(where.cell);
  const lats = corners.map(([lat]) => lat);
  const lons = corners.map(([, lon]) => lon);
  if (Math.max(...lats) < south || Math.min(...lats) > north) return false;
  // A cell across the antimeridian is taken for touching: a function of the cell alone either way.
  if (Math.max(...lons) - Math.min(...lons) > 180) return true;
  const [low, high] = [Math.min(...lons), Math.max(...lons)];
  return west <= east ? high >= west && low <= east : high >= west || low <= east;
}

/** Answers to queries: the same decisions, forms and receipts as on live streams. */
export class Queries {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Streams that a query means and its reader may have. Streams that are hidden or do not exist are the same error.
   * @throws ReleaseError `no-such-stream`
   */
  #streams(reader: Reader, { streams: names, kind }: ItemsQuery): Stream[] {
    if (kind !== undefined && !isItemKind(kind))
      throw new ReleaseError('bad-query', `"${kind}" is no item kind`);
    const { catalogue, standing, now } = this.#parts;
    const visible = catalogue.visible(standing, reader.subjectClass, now());
    const missing = names?.find((name) => !visible.some((stream) => stream.name === name));
    if (missing !== undefined) throw new ReleaseError('no-such-stream', `there is no stream "${missing}"`);
    return visible.filter(
      (stream) =>
        (names === undefined || names.includes(stream.name)) && (kind === undefined || stream.kind === kind),
    );
  }

  async items(reader: Reader, query: ItemsQuery): Promise<Page> {
    const { tokens, now, late } = this.#parts;
    const { party } = reader.principal;
    const { version } = reader;
    const start = query.cursor === undefined ? START : tokens.position(party, query.cursor);
    const streams = this.#streams(reader, query).map((stream) => stream.id);
    const classes = classesFor(this.#parts, reader.subjectClass, streams);
    const limit = Math.min(query.limit ?? 200, MAX_ITEMS);
    const found: Outgoing[] = [];
    let bytes = 0;
    let position = start;
    // A cursor stands behind what was given, never behind what was looked at: rows are looked at by their true place.
    let given = start;
    let more = reader.subjectClass !== NOBODY && classes.length > 0;
    const upTo = now();
    while (more && found.length < limit) {
      const request: PageRequest = {
        streams,
        classes,
        after: position,
        upTo,
        limit: CHUNK,
        ...this.#prefilter(query, reader, classes),
      };
      const rows = await late.page(reader.subjectClass, party, request, reader.signal);
      reader.check(version);
      more = rows.length === CHUNK;
      for (const row of rows) {
        position = advance(position, row);
        const after = advance(given, row);
        const one = this.#outgoing(reader, row, query, after);
        if (one && (bytes + Buffer.byteLength(one.rendered.body) > CREDIT_BYTES ? found.length > 0 : false)) {
          more = true;
          return this.#page(reader, version, found, given);
        }
        if (!one) continue;
        given = after;
        found.push(one);
        bytes += Buffer.byteLength(one.rendered.body) + 2;
        if (found.length === limit) {
          more = true;
          break;
        }
      }
    }
    return this.#page(reader, version, found, more ? given : undefined);
  }

  /**
   * One item by its identifier. An identifier of nothing is looked for like any other, at a place where nothing is, so
   * that it takes as long: what is hidden and what is not there are one answer.
   * @throws ReleaseError `no-such-item`
   */
  async item(reader: Reader, id: string): Promise<Page> {
    const { tokens, late, now } = this.#parts;
    const { version } = reader;
    const { party } = reader.principal;
    const streams = this.#streams(reader, {}).map((stream) => stream.id);
    const classes = classesFor(this.#parts, reader.subjectClass, streams);
    const place = tokens.place(party, id) ?? { ingested: now(), seq: 0 };
    const row =
      reader.subjectClass === NOBODY
        ? undefined
        : await late.one(reader.subjectClass, party, { streams, classes, ...place }, reader.signal);
    reader.check(version);
    const found = row && this.#outgoing(reader, row, {}, START);
    if (!found) throw new ReleaseError('no-such-item', 'there is no such item');
    return await this.#page(reader, version, [found], undefined);
  }

  /** The newest item of each series that the reader may have. */
  async latest(reader: Reader, query: ItemsQuery): Promise<Page> {
    const { version } = reader;
    const streams = this.#streams(reader, query).map((stream) => stream.id);
    const classes = classesFor(this.#parts, reader.subjectClass, streams);
    if (classes.length === 0) return this.#page(reader, version, [], undefined);
    const request = { streams, classes, limit: MAX_LATEST };
    const rows = await this.#parts.late.latest(
      reader.subjectClass,
      reader.principal.party,
      request,
      reader.signal,
    );
    reader.check(version);
    const found = rows.flatMap((row) => this.#outgoing(reader, row, query, START) ?? []);
    return this.#page(reader, version, found, undefined);
  }

  /** The newest of each series for a live connection: receipted, ready to be handed over. */
  async latestOutgoing(reader: Reader, streams: readonly string[], position: Position): Promise<Outgoing[]> {
    const { version } = reader;
    const { standing, late, receipts } = this.#parts;
    const ids = this.#streams(reader, { streams }).map((stream) => stream.id);
    const classes = classesFor(this.#parts, reader.subjectClass, ids);
    if (classes.length === 0) return [];
    const request = { streams: ids, classes, limit: MAX_LATEST };
    const rows = await late.latest(reader.subjectClass, reader.principal.party, request, reader.signal);
    reader.check(version);
    // Each has a place of its own, just before where the reader stands, so that acknowledgements can tell them apart.
    const items = rows.flatMap((row, i) => {
      const before = { ...position, lateSeq: position.lateSeq - (rows.length - i) };
      return this.#outgoing(reader, row, {}, before) ?? [];
    });
    await receipts.given([
      { items, readers: [reader], epoch: standing.world.epoch, door: reader.principal.door },
    ]);
    reader.check(version);
    return items;
  }

  /** Narrows by index what cannot match, always widely enough that the answer depends on released forms alone. */
  #prefilter({ from, to, bbox }: ItemsQuery, reader: Reader, classes: readonly { id: number }[]) {
    const { matrix } = this.#parts.standing;
    const coarsest = Math.min(
      16,
      ...classes.map(
        ({ id }) => matrix.obligations(matrix.verdict(id, reader.subjectClass))?.position?.h3 ?? 16,
      ),
    );
    const slack = coarsest < 16 ? 60_000 : 0;
    const box =
      bbox && bbox.west <= bbox.east && coarsest >= 4 ? widen(bbox, CELL_REACH[coarsest] ?? 0) : undefined;
    return {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to: to + slack }),
      ...(box && { bbox: box }),
    };
  }

  #outgoing(
    reader: Reader,
    row: ReleasedRow,
    { from, to, bbox }: ItemsQuery,
    position: Position,
  ): Outgoing | undefined {
    const { matrix } = this.#parts.standing;
    const verdict = this.#parts.verdicts.of(row, reader.subjectClass);
    if (verdict === 0) return undefined;
    if ((row.since ?? row.ingested) + DELAY_LADDER[matrix.rung(verdict)].ms > this.#parts.now())
      return undefined;
    const rendered = this.#parts.renderer.render(row, verdict, reader.principal.party);
    if (!rendered) return undefined;
    if (from !== undefined && rendered.time < from) return undefined;
    if (to !== undefined && rendered.time >= to) return undefined;
    if (bbox && !(rendered.where && touches(bbox, rendered.where))) return undefined;
    return { row, verdict, rendered, position };
  }

  async #page(
    reader: Reader,
    version: number,
    found: readonly Outgoing[],
    next: Position | undefined,
  ): Promise<Page> {
    const { standing, receipts, tokens } = this.#parts;
    const { party, door } = reader.principal;
    await receipts.given([{ items: found, readers: [reader], epoch: standing.world.epoch, door }]);
    reader.check(version);
    return {
      items: found.map(({ rendered }) => `{${rendered.body}`),
      next: next ? tokens.cursor(party, next) : null,
      check: () => reader.check(version),
    };
  }
}

/** Where a reader is after a row: what is at once and what is late are counted apart. */
export function advance(position: Position, row: ReleasedRow): Position {
  return !row.late
    ? { ...position, at: row.ingested, seq: row.seq }
    : { ...position, lateAt: row.release, lateSeq: row.seq };
}

function widen({ west, south, east, north }: Box, by: number): Box | undefined {
  // Degrees of longitude shrink with latitude; near a pole the filter is left to the released form.
  const top = Math.max(Math.abs(south), Math.abs(north)) + by;
  if (top > 85) return undefined;
  const across = by / Math.cos((top * Math.PI) / 180);
  if (west - across < -180 || east + across > 180) return undefined;
  return { west: west - across, south: south - by, east: east + across, north: north + by };
}
