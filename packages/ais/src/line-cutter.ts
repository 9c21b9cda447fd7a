/** The longest line that is read; a sentence has 82 bytes, its tag block at most about as many again. */
export const MAX_LINE = 1024;

const NEWLINE = 10;

/** Where one line lies: in bytes that are valid during the call only, and in the whole stream. */
export interface LinePlace {
  /** Absolute offset of its first byte. */
  offset: number;
  /** Absolute offset behind its newline. */
  next: number;
  /** Counted from 1. */
  number: number;
}

export interface LineTaker {
  /** A line, without surrounding blanks and byte order mark; may be empty. */
  takeLine(bytes: Uint8Array, from: number, to: number): void;
  /** The first bytes of a line that is too long. */
  takeLong(bytes: Uint8Array, from: number, to: number): void;
}

/** Cuts a stream that comes in pieces into lines. Holds at most one line's beginning. */
export class LineCutter {
  /** Where the line being taken lies. */
  readonly place: LinePlace = { offset: 0, next: 0, number: 0 };
  readonly #taker: LineTaker;
  readonly #rest = new Uint8Array(MAX_LINE);
  #restLength = 0;
  /** Inside a line that is too long. */
  #skipping = false;

  constructor(taker: LineTaker, startOffset: number) {
    this.#taker = taker;
    this.place.offset = startOffset;
    this.place.next = startOffset;
  }

  /** Absolute offset of the first byte that belongs to no line taken so far. */
  get offset(): number {
    return this.place.next;
  }

  push(bytes: Uint8Array): void {
    let from = 0;
    while (from < bytes.length) {
      const end = bytes.indexOf(NEWLINE, from);
      const to = end < 0 ? bytes.length : end;
      if (this.#skipping) {
        this.place.next += to - from + (end < 0 ? 0 : 1);
        this.#skipping = end < 0;
      } else if (end >= 0 && this.#restLength === 0) this.#take(bytes, from, to, to - from + 1);
      else this.#join(bytes, from, to, end >= 0);
      from = to + 1;
    }
  }

  /** Takes a last line that lacks its newline. */
  end(): void {
    const length = this.#restLength;
    this.#restLength = 0;
    this.#skipping = false;
    if (length > 0) this.#take(this.#rest, 0, length, length);
  }

  /** Adds a piece to the line begun before. */
  #join(bytes: Uint8Array, from: number, to: number, ends: boolean): void {
    const before = this.#restLength;
    const length = before + to - from;
    const kept = Math.min(length, MAX_LINE);
    this.#rest.set(bytes.subarray(from, from + kept - before), before);
    this.#restLength = 0;
    if (length > MAX_LINE) {
      this.#step(length + (ends ? 1 : 0));
      this.#taker.takeLong(this.#rest, 0, MAX_LINE);
      this.#skipping = !ends;
    } else if (ends) this.#take(this.#rest, 0, length, length + 1);
    else this.#restLength = length;
  }

  #step(size: number): void {
    const place = this.place;
    place.number++;
    place.offset = place.next;
    place.next += size;
  }

  #take(bytes: Uint8Array, start: number, end: number, size: number): void {
    this.#step(size);
    let from = start;
    let to = end;
    if (to - from > MAX_LINE) {
      this.#taker.takeLong(bytes, from, to);
      return;
    }
    if (
      this.place.number === 1 &&
      bytes[from] === 0xef &&
      bytes[from + 1] === 0xbb &&
      bytes[from + 2] === 0xbf
    ) {
      from += 3;
    }
    while (to > from && (bytes[to - 1] as number) <= 32) to--;
    while (from < to && (bytes[from] as number) <= 32) from++;
    this.#taker.takeLine(bytes, from, to);
  }
}
