import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedIntake, IncomingItem } from '@concord/intake';
import type { Imaging } from './decode/context.ts';
import { createDecoder } from './decode/decoder.ts';
import { detectFormat } from './decode/format.ts';
import { type DocumentVersion, readDocument } from './document.ts';
import { FeedError } from './error.ts';
import type { RunningFeed } from './running-feed.ts';

export interface CatalogueFeedOptions {
  readonly intake: FeedIntake;
  /** A path, or a URL with `http:`, `https:` or `file:`. */
  readonly source: string;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Uniform in [0, 1), so that many nodes do not ask one server at once. */
  readonly random: () => number;
  /** Between two readings, milliseconds; default two hours, as public catalogues ask for. */
  readonly intervalMs?: number;
  /** What is known of satellites' sensors. */
  readonly imaging?: ReadonlyMap<number, Imaging>;
}

const TWO_HOURS = 7_200_000;
/** Items that are stored together: a catalogue has thousands. */
const BATCH = 2000;
const PIECE = 256 * 1024;

/**
 * Follows a catalogue of element sets, OMM in JSON or TLE as its content tells: reads it, submits the sets that are
 * not those of the last reading, waits, asks whether it has changed. A reading that fails leaves the last one standing.
 */
export function startCatalogueFeed(options: CatalogueFeedOptions): RunningFeed {
  const stopping = new AbortController();
  const ended = follow(options, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function follow(options: CatalogueFeedOptions, signal: AbortSignal): Promise<void> {
  const { intake, random, intervalMs = TWO_HOURS } = options;
  const reading = new CatalogueReading(options);
  intake.state('waiting', 'reading');
  while (!signal.aborted) {
    try {
      intake.state('running', await reading.read(signal));
    } catch (cause) {
      if (signal.aborted) break;
      intake.state('failed', `${(cause as Error).message}; the last reading stands`);
    }
    await sleep(intervalMs * (0.95 + random() / 10), undefined, { signal }).catch(() => undefined);
  }
  intake.state('done', 'stopped');
}

/** One catalogue, read again and again. */
class CatalogueReading {
  readonly #options: CatalogueFeedOptions;
  #version: DocumentVersion = {};
  /** The record last submitted, by satellite. */
  #submitted = new Map<string, string>();

  constructor(options: CatalogueFeedOptions) {
    this.#options = options;
  }

  /** @returns how it went, for people */
  async read(signal: AbortSignal): Promise<string> {
    const { source, intake } = this.#options;
    const document = await readDocument(source, this.#version, signal);
    if (document === undefined) return `${this.#submitted.size} element sets, not changed`;
    const items = await this.#decode(document.bytes);
    const present = new Map<string, string>();
    const changed: IncomingItem[] = [];
    for (const item of items) {
      const text = JSON.stringify(item.record);
      if (present.get(item.series) !== text && this.#submitted.get(item.series) !== text) changed.push(item);
      present.set(item.series, text);
    }
    for (let at = 0; at < changed.length; at += BATCH) {
      const batch = changed.slice(at, at + BATCH);
      await intake.accept(batch);
      // What is durable is not submitted again, though a later batch fail.
      for (const { series } of batch) this.#submitted.set(series, present.get(series) ?? '');
    }
    this.#submitted = present;
    this.#version = document.version;
    return `${present.size} element sets, ${changed.length} changed`;
  }

  async #decode(bytes: Uint8Array): Promise<IncomingItem[]> {
    const { source, intake, now, imaging } = this.#options;
    const told = detectFormat(source, bytes);
    if (told !== 'tle' && told !== 'omm')
      throw new FeedError('format-unknown', 'no catalogue: neither OMM in JSON nor TLE');
    const decoder = createDecoder(told, { now, ...(imaging && { imaging }) });
    const items: IncomingItem[] = [];
    for (let at = 0; at <= bytes.length; at += PIECE) {
      const last = at + PIECE >= bytes.length;
      const parts = [decoder.push(bytes.subarray(at, at + PIECE)), ...(last ? [decoder.end()] : [])];
      for (const part of parts) {
        items.push(...part.items);
        if (part.quarantined.length > 0) await intake.quarantine(part.quarantined);
      }
      if (last) break;
      // Others have their turn in the middle of a long document.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    return items;
  }
}
