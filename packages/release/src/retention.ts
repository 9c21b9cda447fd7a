import type { RetentionTables } from '@concord/store';
import type { Catalogue, Stream } from './catalogue.ts';
import { derivedStreams } from './recalls.ts';
import type { Receipts } from './receipts.ts';

/** For how long items are held: of a stream, of a kind, or (neither) of everything. */
export interface HoldLimit {
  readonly stream?: string;
  readonly kind?: string;
  /** Milliseconds, from ingest. */
  readonly hold: number;
}

export interface RetentionParts {
  readonly catalogue: Catalogue;
  readonly receipts: Receipts;
  readonly tables: RetentionTables;
  readonly limits: readonly HoldLimit[];
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
}

const PORTION = 2000;
const EVERY_MS = 60_000;

/**
 * Destroys what has been held for its time: whole days at once where every stream's limit has passed, portions
 * otherwise; each with a certificate on its owner's log. What is made from items is held no longer than these.
 * Receipts stay.
 */
export class Retention {
  readonly #parts: RetentionParts;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#working = this.sweep()
      .catch(this.#parts.onError)
      .finally(() => {
        if (this.#closed) return;
        this.#timer = setTimeout(() => this.start(), EVERY_MS);
        this.#timer.unref();
      });
  }

  /** The strictest limit that a stream has, its sources' included; undefined where it has none. */
  #limitOf(stream: Stream): number | undefined {
    const { limits, catalogue } = this.#parts;
    const own = (one: Stream) =>
      limits.flatMap(({ stream: name, kind, hold }) =>
        (name === undefined || name === one.name) && (kind === undefined || kind === one.kind) ? [hold] : [],
      );
    const sources = catalogue.all().filter((one) => derivedStreams(catalogue, one).includes(stream));
    const all = [stream, ...sources].flatMap(own);
    return all.length === 0 ? undefined : Math.min(...all);
  }

  /** Destroys everything that is due, and writes certificates that are missing. */
  async sweep(): Promise<void> {
    const { catalogue, tables, now } = this.#parts;
    const befores = new Map<number, number>();
    for (const stream of catalogue.all()) {
      const hold = this.#limitOf(stream);
      if (hold !== undefined) befores.set(stream.id, now() - hold);
    }
    if (befores.size > 0) await tables.dropDays(befores, now());
    for (const [stream, before] of befores) {
      for (let done = PORTION; done === PORTION && !this.#closed; )
        done = await tables.destroy(stream, before, now(), PORTION);
    }
    await this.#certify();
  }

  async #certify(): Promise<void> {
    const { catalogue, tables, receipts } = this.#parts;
    for (;;) {
      const waiting = await tables.unreceipted();
      if (waiting.length === 0 || this.#closed) return;
      for (const one of waiting) {
        const stream = catalogue.byId(one.stream);
        if (stream) await receipts.destroyed(stream, one);
        await tables.receipted(one.id);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#working;
  }
}
