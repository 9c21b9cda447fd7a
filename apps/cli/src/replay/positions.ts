import { setTimeout as sleep } from 'node:timers/promises';
import { decodeMessage, messageType, RtcmFramer, type Vector3 } from '@concord/gnss';
import { type Api, Refused, Unreachable } from '../api.ts';
import { BackOff } from '../back-off.ts';
import type { Recording } from './recording.ts';

const PIECE_BYTES = 1024 * 1024;
const PAGE = 1000;
/** Derivation has caught up where nothing has come for this long, or nothing at all for a little longer. */
const STABLE_MS = 2000;
const FIRST_MS = 5000;
const POLL_MS = 250;
const PATIENCE_MS = 60_000;

/** The antenna reference point that a recording's station tells of itself (1005, 1006), metres; undefined without. */
export function stationPoint(recording: Recording): Vector3 | undefined {
  const framer = new RtcmFramer();
  for (let at = 0; at < recording.size; at += PIECE_BYTES) {
    for (const event of framer.push(recording.read(at, PIECE_BYTES))) {
      if (event.event !== 'frame' || ![1005, 1006].includes(messageType(event.frame.payload))) continue;
      const message = decodeMessage(event.frame.payload);
      // Some stations send zeros instead.
      if (message.kind !== 'station' || Math.hypot(...message.ecef) < 6.3e6) continue;
      const [x, y, z] = message.ecef;
      // Sent in tenths of millimetres: what a double adds to that is noise.
      return [Number(x.toFixed(4)), Number(y.toFixed(4)), Number(z.toFixed(4))];
    }
  }
  return undefined;
}

export interface PositionsFound {
  readonly positions: number;
  /** Root mean square of the distances to the reference point, metres; null without point or positions. */
  readonly rms3d_m: number | null;
}

interface PageOfItems {
  readonly items: readonly { readonly item: { readonly ecef?: readonly number[] } }[];
  readonly next: string | null;
}

/** Where a stream ends: its last page, and how many items stand there. */
export interface StreamEnd {
  readonly cursor: string | undefined;
  readonly items: number;
}

/** The end of a stream as it is now: a feed may have been used before. */
export async function streamEnd(api: Api, stream: string): Promise<StreamEnd> {
  const backOff = new BackOff();
  let cursor: string | undefined;
  for (;;) {
    const page = await readPage(api, stream, cursor, backOff);
    if (!page?.next) return { cursor, items: page?.items.length ?? 0 };
    cursor = page.next;
  }
}

/** Reads a stream of positions from an end that it had, page by page, until its derivation has caught up. */
export async function readPositions(
  api: Api,
  stream: string,
  from: StreamEnd,
  reference: Vector3 | undefined,
): Promise<PositionsFound> {
  const backOff = new BackOff();
  const before = new Tally(reference);
  let { cursor, items: skip } = from;
  let seen = 0;
  let since = performance.now();
  for (;;) {
    const page = await readPage(api, stream, cursor, backOff);
    const items = page?.items.slice(skip) ?? [];
    if (page?.next) {
      before.add(items);
      cursor = page.next;
      skip = 0;
      since = performance.now();
      continue;
    }
    // The last page is read again until it stays as it is.
    const all = before.and(items);
    if (all.positions !== seen) since = performance.now();
    seen = all.positions;
    if (performance.now() - since >= (seen === 0 ? FIRST_MS : STABLE_MS)) return all.found();
    await sleep(POLL_MS);
  }
}

/** Undefined where there is nothing yet, or the server is away for a moment. */
async function readPage(
  api: Api,
  stream: string,
  cursor: string | undefined,
  backOff: BackOff,
): Promise<PageOfItems | undefined> {
  const query = new URLSearchParams({ stream, limit: String(PAGE), ...(cursor && { cursor }) });
  for (;;) {
    try {
      const page = await api.json<PageOfItems>(`/api/items?${query}`);
      backOff.succeeded();
      return page;
    } catch (cause) {
      if (cause instanceof Refused && cause.status === 404) return undefined;
      const passes =
        cause instanceof Unreachable ||
        (cause instanceof Refused && (cause.status >= 500 || cause.status === 409));
      if (!passes || backOff.failingFor > PATIENCE_MS) throw cause;
      await backOff.wait();
    }
  }
}

class Tally {
  readonly #reference: Vector3 | undefined;
  positions = 0;
  #measured = 0;
  #squares = 0;

  constructor(reference: Vector3 | undefined) {
    this.#reference = reference;
  }

  add(items: PageOfItems['items']): void {
    for (const { item } of items) {
      this.positions++;
      const [x, y, z] = item.ecef ?? [];
      if (!this.#reference || x === undefined || y === undefined || z === undefined) continue;
      const [rx, ry, rz] = this.#reference;
      this.#measured++;
      this.#squares += (x - rx) ** 2 + (y - ry) ** 2 + (z - rz) ** 2;
    }
  }

  and(items: PageOfItems['items']): Tally {
    const sum = new Tally(this.#reference);
    sum.positions = this.positions;
    sum.#measured = this.#measured;
    sum.#squares = this.#squares;
    sum.add(items);
    return sum;
  }

  found(): PositionsFound {
    const rms = Math.sqrt(this.#squares / this.#measured);
    return { positions: this.positions, rms3d_m: this.#measured > 0 ? Number(rms.toFixed(3)) : null };
  }
}
