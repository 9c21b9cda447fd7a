import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { PartyId } from '@concord/label';
import { ReleaseError } from './error.ts';

/**
 * How far a reader has got, in its own release order. What is released at once is ordered by the sequence of commits;
 * what is released late, by the instant at which it became due and then by sequence.
 */
export interface Position {
  /** Instant of ingest, milliseconds UTC, and sequence number of the last item that was released at once. */
  readonly at: number;
  readonly seq: number;
  /** Instant of release of the last late item, and its sequence number. */
  readonly lateAt: number;
  readonly lateSeq: number;
}

export const START: Position = { at: 0, seq: 0, lateAt: 0, lateSeq: 0 };

/** True where `a` is at or before `b` in every respect. */
export const covered = (a: Position, b: Position): boolean =>
  a.seq <= b.seq && (a.lateAt < b.lateAt || (a.lateAt === b.lateAt && a.lateSeq <= b.lateSeq));

/** Where an item is stored: its instant of ingest, milliseconds UTC, and sequence number. */
export interface Place {
  readonly ingested: number;
  readonly seq: number;
}

const CURSOR_MARK = 0x6375;
const ID_MARK = 0x6974_656d;
/** Cursors kept open: a thousand readers of a group acknowledge the very same one. */
const KEPT_OPEN = 256;

/**
 * Opaque tokens of one party: a cursor is two AES blocks that hold a position, an identifier one that holds a
 * place. Sequence numbers count what the reader may not know of, so they never leave in clear; a token of
 * another party does not open.
 */
export class Tokens {
  readonly #keys = new Map<string, { seal: (block: Buffer) => Buffer; open: (block: Buffer) => Buffer }>();
  readonly #secret: Buffer;
  readonly #opened = new Map<string, Position>();
  readonly #block = Buffer.alloc(16);
  readonly #blocks = Buffer.alloc(32);

  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  #key(use: 'cursor' | 'id', party: PartyId) {
    const name = `${use}:${party}`;
    let key = this.#keys.get(name);
    if (!key) {
      const bytes = createHmac('sha256', this.#secret).update(name).digest();
      const seal = createCipheriv('aes-256-ecb', bytes, null).setAutoPadding(false);
      const open = createDecipheriv('aes-256-ecb', bytes, null).setAutoPadding(false);
      // One block in, one block out: in this mode a cipher object keeps no state between blocks.
      key = { seal: (block) => seal.update(block), open: (block) => open.update(block) };
      this.#keys.set(name, key);
    }
    return key;
  }

  cursor(party: PartyId, { at, seq, lateAt, lateSeq }: Position): string {
    const b = this.#blocks;
    // Each block: a mark of 16 bits, 48 bits of milliseconds, 16 bits that say which, 48 bits of sequence.
    for (const [i, [ms, n]] of [[at, seq] as const, [lateAt, lateSeq] as const].entries()) {
      b.writeUInt16BE(CURSOR_MARK, i * 16);
      b.writeUIntBE(ms, i * 16 + 2, 6);
      b.writeUInt16BE(i, i * 16 + 8);
      b.writeUIntBE(n, i * 16 + 10, 6);
    }
    return this.#key('cursor', party).seal(b).toString('base64url');
  }

  /** @throws ReleaseError `bad-cursor` */
  position(party: PartyId, cursor: string): Position {
    const name = `${party}:${cursor}`;
    const known = this.#opened.get(name);
    if (known) return known;
    const position = this.#positionIn(party, cursor);
    if (this.#opened.size >= KEPT_OPEN) this.#opened.clear();
    this.#opened.set(name, position);
    return position;
  }

  #positionIn(party: PartyId, cursor: string): Position {
    const b = this.#open('cursor', party, cursor, 43);
    const fine =
      b && [0, 1].every((i) => b.readUInt16BE(i * 16) === CURSOR_MARK && b.readUInt16BE(i * 16 + 8) === i);
    if (!b || !fine) throw new ReleaseError('bad-cursor', 'this is no cursor of yours');
    const number = (offset: number) => b.readUIntBE(offset, 6);
    return { at: number(2), seq: number(10), lateAt: number(18), lateSeq: number(26) };
  }

  id(party: PartyId, { ingested, seq }: Place): string {
    const b = this.#block;
    b.writeUInt32BE(ID_MARK, 0);
    b.writeUIntBE(ingested, 4, 6);
    b.writeUIntBE(seq, 10, 6);
    return this.#key('id', party).seal(b).toString('base64url');
  }

  /** Where the item of an identifier is stored; undefined where it is none of this party's. */
  place(party: PartyId, id: string): Place | undefined {
    const b = this.#open('id', party, id, 22);
    return b && b.readUInt32BE(0) === ID_MARK
      ? { ingested: b.readUIntBE(4, 6), seq: b.readUIntBE(10, 6) }
      : undefined;
  }

  #open(use: 'cursor' | 'id', party: PartyId, token: string, length: number): Buffer | undefined {
    if (token.length !== length || !/^[\w-]+$/.test(token)) return undefined;
    return this.#key(use, party).open(Buffer.from(token, 'base64url'));
  }
}
