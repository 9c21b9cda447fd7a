import { joined } from '../decode/source-window.ts';
import { FeedError } from '../error.ts';
import { ChunkedBody } from './chunked.ts';

const MAX_HEAD = 16_384;

/** How a caster's answer begins. */
export interface ResponseHead {
  /** Of the answer: a caster of version 1 answers a request of version 2 in its own way. */
  readonly version: 1 | 2;
  readonly content: 'stream' | 'source-table';
}

/**
 * A caster's answer, in pieces: `ICY 200 OK` or `SOURCETABLE 200 OK` of version 1, HTTP of version 2. Refusals are
 * thrown; the body comes out as it is meant, without chunks.
 */
export class NtripResponse {
  #pending: Uint8Array = new Uint8Array(0);
  #head: ResponseHead | undefined;
  #chunked: ChunkedBody | undefined;
  /** A blank line may follow `ICY 200 OK`; it is no data. */
  #blankLine = false;

  get head(): ResponseHead | undefined {
    return this.#head;
  }

  /** The caster said that nothing follows. */
  get ended(): boolean {
    return this.#chunked?.ended ?? false;
  }

  /**
   * @returns pieces of the body
   * @throws FeedError `unauthorised`, `no-such-mount`, `protocol`
   */
  push(bytes: Uint8Array): Uint8Array[] {
    if (this.#head !== undefined && !this.#blankLine) return this.#body(bytes);
    this.#pending = joined(this.#pending, bytes);
    if (this.#head === undefined && !this.#readHead()) return [];
    if (this.#blankLine && !this.#passBlankLine()) return [];
    const rest = this.#pending;
    this.#pending = new Uint8Array(0);
    return this.#body(rest);
  }

  #body(bytes: Uint8Array): Uint8Array[] {
    if (bytes.length === 0) return [];
    return this.#chunked === undefined ? [bytes] : this.#chunked.push(bytes);
  }

  /** True once the head is there and taken off what is pending. */
  #readHead(): boolean {
    const text = Buffer.from(this.#pending.subarray(0, MAX_HEAD)).toString('latin1');
    const lineEnd = text.indexOf('\n');
    if (lineEnd < 0) {
      if (text.length >= 1024) throw new FeedError('protocol', 'the answer is none of a caster');
      return false;
    }
    const line = text.slice(0, lineEnd).trimEnd();
    if (/^ICY 200\b/.test(line)) {
      this.#blankLine = true;
      return this.#begin({ version: 1, content: 'stream' }, lineEnd + 1);
    }
    if (!/^(?:HTTP\/1\.[01]|SOURCETABLE) \d{3}\b/.test(line)) throw refusalOf(line);
    const end = /\r?\n\r?\n/.exec(text);
    if (end === null) {
      if (text.length >= MAX_HEAD) throw new FeedError('protocol', 'the head of the answer does not end');
      return false;
    }
    return this.#readHeaders(line, text.slice(lineEnd + 1, end.index), end.index + end[0].length);
  }

  #readHeaders(line: string, text: string, length: number): boolean {
    const status = Number(/ (\d{3})/.exec(line)?.[1]);
    if (status === 401 || status === 403)
      throw new FeedError('unauthorised', 'name and password are wanted or refused');
    if (status === 404) throw new FeedError('no-such-mount', 'the caster has no such mount point');
    if (status !== 200) throw new FeedError('protocol', `the caster answers with status ${status}`);
    if (line.startsWith('SOURCETABLE')) return this.#begin({ version: 1, content: 'source-table' }, length);
    const headers = new Map(
      text.split(/\r?\n/).map((header) => {
        const colon = header.indexOf(':');
        return [
          header.slice(0, colon).trim().toLowerCase(),
          header
            .slice(colon + 1)
            .trim()
            .toLowerCase(),
        ];
      }),
    );
    const coding = headers.get('transfer-encoding');
    if (coding === 'chunked') this.#chunked = new ChunkedBody();
    else if (coding !== undefined)
      throw new FeedError('protocol', 'the caster uses a transfer coding that is not read');
    const table = headers.get('content-type')?.startsWith('gnss/sourcetable') === true;
    return this.#begin({ version: 2, content: table ? 'source-table' : 'stream' }, length);
  }

  #begin(head: ResponseHead, length: number): true {
    this.#head = head;
    this.#pending = this.#pending.slice(length);
    return true;
  }

  #passBlankLine(): boolean {
    const [first, second] = this.#pending;
    if (first === undefined || (first === 13 && second === undefined)) return false;
    if (first === 13 && second === 10) this.#pending = this.#pending.slice(2);
    this.#blankLine = false;
    return true;
  }
}

/** Version 1 has no status but the words; none of them is repeated, since they may be anything. */
function refusalOf(line: string): FeedError {
  if (/^ERROR\b.*(?:password|auth|401)/i.test(line)) {
    return new FeedError('unauthorised', 'name and password are wanted or refused');
  }
  if (/^ERROR\b.*mount/i.test(line))
    return new FeedError('no-such-mount', 'the caster has no such mount point');
  if (/^ERROR\b/i.test(line)) return new FeedError('protocol', 'the caster answers with an error');
  return new FeedError('protocol', 'the answer is none of a caster');
}
