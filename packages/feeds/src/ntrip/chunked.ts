import { FeedError } from '../error.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const MAX_LINE = 256;
const MAX_CHUNK = 2 ** 24;

/** Takes the chunked transfer coding (RFC 9112, 7.1) off a stream that comes in pieces. Trailers are passed over. */
export class ChunkedBody {
  #line = '';
  /** Bytes of the chunk still to come. */
  #left = 0;
  #part: 'size' | 'data' | 'data-end' | 'trailer' | 'done' = 'size';

  /** The last chunk has come. */
  get ended(): boolean {
    return this.#part === 'done';
  }

  /** @throws FeedError `protocol` where the coding is broken */
  push(bytes: Uint8Array): Uint8Array[] {
    const body: Uint8Array[] = [];
    let at = 0;
    while (at < bytes.length && this.#part !== 'done') {
      if (this.#part === 'data') {
        const piece = bytes.subarray(at, at + this.#left);
        body.push(piece);
        at += piece.length;
        this.#left -= piece.length;
        if (this.#left === 0) this.#part = 'data-end';
        continue;
      }
      const byte = bytes[at++] as number;
      if (byte === LINE_FEED) this.#endLine();
      else if (byte !== CARRIAGE_RETURN) this.#line += String.fromCharCode(byte);
      if (this.#line.length > MAX_LINE)
        throw new FeedError('protocol', 'a chunk has no end of its first line');
    }
    return body;
  }

  #endLine(): void {
    const line = this.#line;
    this.#line = '';
    if (this.#part === 'data-end') {
      if (line !== '') throw new FeedError('protocol', 'a chunk is longer than it says');
      this.#part = 'size';
    } else if (this.#part === 'trailer') {
      if (line === '') this.#part = 'done';
    } else {
      const digits = /^([0-9a-f]{1,7})[ \t]*(?:;.*)?$/i.exec(line)?.[1];
      const size = digits === undefined ? Number.NaN : Number.parseInt(digits, 16);
      if (!(size <= MAX_CHUNK)) throw new FeedError('protocol', 'a chunk does not say its size');
      this.#left = size;
      this.#part = size === 0 ? 'trailer' : 'data';
    }
  }
}

/** A chunk, as a caster of version 2 sends it. */
export function chunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}
