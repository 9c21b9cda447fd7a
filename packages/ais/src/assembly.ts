import type { SentenceContext, TimeLine } from './context.ts';

/** What is known of a sentence group from the first of its sentences to come. */
export interface Opening {
  /** The same for all sentences of a group, another for any other group under way. */
  readonly key: string;
  readonly total: number;
  /** Offset of the first line that belongs to it, lines of context included. */
  readonly start: number;
  readonly line: number;
  readonly byteOffset: number;
  readonly context: SentenceContext;
  readonly timeLine: TimeLine | undefined;
}

export interface Part {
  /** From 1. */
  readonly number: number;
  readonly payload: Uint8Array;
  readonly text: string;
  readonly fillBits: number;
  readonly checksum: number;
}

/** A sentence group of which parts are, or were, still to come. */
export interface Pending {
  readonly opening: Opening;
  readonly parts: (Uint8Array | undefined)[];
  readonly texts: string[];
  missing: number;
  /** Of the last part: only there do they mean anything. */
  fillBits: number;
  /** Of all parts so far, XORed. */
  checksum: number;
}

/**
 * Sentence groups under way, oldest first; parts may come in any order. Bounded in number and in age (counted in
 * lines), so that what never completes neither fills memory nor holds `through` back.
 */
export class Assembly {
  readonly #pending = new Map<string, Pending>();
  readonly #limit: number;
  readonly #lines: number;

  constructor(limit: number, lines: number) {
    this.#limit = limit;
    this.#lines = lines;
  }

  get size(): number {
    return this.#pending.size;
  }

  /** Where the oldest group under way begins. */
  get start(): number | undefined {
    for (const pending of this.#pending.values()) return pending.opening.start;
    return undefined;
  }

  /**
   * Adds a part to its group, which it opens if need be. `complete` is the group once whole; `displaced` is an older
   * group of the same key that had this part already and so has lost its rest.
   */
  put(opening: Opening, part: Part): { displaced?: Pending; complete?: Pending } {
    const result: { displaced?: Pending; complete?: Pending } = {};
    let pending = this.#pending.get(opening.key);
    if (pending?.parts[part.number - 1] !== undefined) {
      this.#pending.delete(opening.key);
      result.displaced = pending;
      pending = undefined;
    }
    if (pending === undefined) {
      const parts = new Array<Uint8Array | undefined>(opening.total).fill(undefined);
      pending = { opening, parts, texts: [], missing: opening.total, fillBits: 0, checksum: 0 };
      this.#pending.set(opening.key, pending);
    }
    pending.parts[part.number - 1] = part.payload;
    pending.texts[part.number - 1] = part.text;
    pending.missing--;
    pending.checksum ^= part.checksum;
    if (part.number === opening.total) pending.fillBits = part.fillBits;
    if (pending.missing === 0) {
      this.#pending.delete(opening.key);
      result.complete = pending;
    }
    return result;
  }

  /** Takes out the groups that are too old at a line, or too many. */
  *expired(line: number): Generator<Pending> {
    for (const [key, pending] of this.#pending) {
      if (line - pending.opening.line <= this.#lines && this.#pending.size <= this.#limit) return;
      this.#pending.delete(key);
      yield pending;
    }
  }

  /** Takes out all. */
  *all(): Generator<Pending> {
    for (const [key, pending] of this.#pending) {
      this.#pending.delete(key);
      yield pending;
    }
  }
}
