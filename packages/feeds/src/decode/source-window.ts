import { SAMPLE_BYTES } from './context.ts';

/** How far back the beginning of a line, or of a frame, can lie. */
const BACK = 2048;

const NEWLINE = 10;

/**
 * The bytes of a stream that were pushed lately, by absolute offset: the present chunk, the 2 KiB before it, and the
 * first 256 bytes behind a pinned offset, however long ago.
 */
export class SourceWindow {
  #chunk: Uint8Array = new Uint8Array(0);
  #chunkAt: number;
  #back: Uint8Array = new Uint8Array(0);
  #pin = -1;
  #pinned: Uint8Array = new Uint8Array(0);

  constructor(offset: number) {
    this.#chunkAt = offset;
  }

  /** Absolute offset behind the last byte. */
  get end(): number {
    return this.#chunkAt + this.#chunk.length;
  }

  /** The chunk is read, not copied, until `release`. */
  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    if (
      this.#pin >= 0 &&
      this.#pinned.length < SAMPLE_BYTES &&
      this.#pin + this.#pinned.length >= this.#chunkAt
    ) {
      this.#pinned = joined(this.#pinned, chunk.subarray(0, SAMPLE_BYTES - this.#pinned.length));
    }
  }

  /** Lets go of the chunk, which is its owner's again; its last bytes are kept. */
  release(): void {
    const chunk = this.#chunk;
    this.#chunkAt += chunk.length;
    this.#back = chunk.length >= BACK ? chunk.slice(-BACK) : joined(this.#back, chunk).slice(-BACK);
    this.#chunk = new Uint8Array(0);
  }

  /** Keeps the first bytes from this offset on until another is pinned. */
  pin(offset: number): void {
    if (offset === this.#pin) return;
    this.#pinned = this.sample(offset);
    this.#pin = offset;
  }

  /** The bytes from an offset on, at most `length` and 256; those that are still known. */
  sample(offset: number, length = SAMPLE_BYTES): Uint8Array {
    const size = Math.max(0, Math.min(length, SAMPLE_BYTES));
    if (offset === this.#pin) return this.#pinned.slice(0, size);
    if (offset >= this.#chunkAt)
      return this.#chunk.slice(offset - this.#chunkAt, offset - this.#chunkAt + size);
    const from = offset - (this.#chunkAt - this.#back.length);
    if (from < 0) return new Uint8Array(0);
    const first = this.#back.subarray(from, from + size);
    return joined(first, this.#chunk.subarray(0, size - first.length));
  }

  /** Offset behind the line that contains this offset, or behind the last byte where its end has not come. */
  lineEnd(offset: number): number {
    const backAt = this.#chunkAt - this.#back.length;
    if (offset < this.#chunkAt && offset >= backAt) {
      const found = this.#back.indexOf(NEWLINE, offset - backAt);
      if (found >= 0) return backAt + found + 1;
    }
    const found = this.#chunk.indexOf(NEWLINE, Math.max(0, offset - this.#chunkAt));
    return found >= 0 ? this.#chunkAt + found + 1 : this.end;
  }
}

/**
 * The same bytes as a plain array: of a `Buffer`, `slice` would be a view into memory that may be used again, not a
 * copy.
 */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
