import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { PartyId } from '@concord/label';
import { ReleaseError } from './error.ts';

/**
 * How far a reader has got, in its own release order. What is released at once is ordered by the sequence of commits;
 * what is released late, by the instant at which it became due and then by sequence.
 */
export interface Position {
  /** Last sequence number of what is released at once. */
  readonly seq: number;
  /** Milliseconds UTC up to which late items were given. */
  readonly lateAt: number;
  /** Last sequence number among those due in that millisecond. */
  readonly lateSeq: number;
}

export const START: Position = { seq: 0, lateAt: 0, lateSeq: 0 };

/** True where `a` is at or before `b` in every respect. */
export const covered = (a: Position, b: Position): boolean =>
  a.seq <= b.seq && (a.lateAt < b.lateAt || (a.lateAt === b.lateAt && a.lateSeq <= b.lateSeq));

const MAGIC = 0xc;
const BITS_40 = 2 ** 40;
const BITS_44 = 2 ** 44;

/**
 * Opaque tokens of one party: a cursor is one AES block that holds a position, an identifier one that holds a
 * sequence number. Sequence numbers count what the reader may not know of, so they never leave in clear; a token of
 * another party does not open.
 */
export class Tokens {
  readonly #keys = new Map<string, { seal: (block: Buffer) => Buffer; open: (block: Buffer) => Buffer }>();
  readonly #secret: Buffer;
  readonly #block = Buffer.alloc(16);

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

  cursor(party: PartyId, { seq, lateAt, lateSeq }: Position): string {
    // 4 bits of magic, 40 of sequence, 44 of milliseconds, 40 of late sequence.
    const b = this.#block;
    b.writeUIntBE(MAGIC * 2 ** 44 + seq * 16 + Math.floor(lateAt / BITS_40), 0, 6);
    b.writeUIntBE(lateAt % BITS_40, 6, 5);
    b.writeUIntBE(lateSeq, 11, 5);
    return this.#key('cursor', party).seal(b).toString('base64url');
  }

  /** @throws ReleaseError `bad-cursor` */
  position(party: PartyId, cursor: string): Position {
    const b = this.#opened('cursor', party, cursor);
    if (b) {
      const head = b.readUIntBE(0, 6);
      if (Math.floor(head / BITS_44) === MAGIC) {
        const seq = Math.floor((head % BITS_44) / 16);
        return { seq, lateAt: (head % 16) * BITS_40 + b.readUIntBE(6, 5), lateSeq: b.readUIntBE(11, 5) };
      }
    }
    throw new ReleaseError('bad-cursor', 'this is no cursor of yours');
  }

  id(party: PartyId, seq: number): string {
    const b = this.#block.fill(0);
    b.writeUIntBE(seq, 10, 6);
    return this.#key('id', party).seal(b).toString('base64url');
  }

  /** The sequence number of an identifier; undefined where it is none of this party's. */
  seq(party: PartyId, id: string): number | undefined {
    const b = this.#opened('id', party, id);
    return b && b.readUIntBE(0, 6) === 0 && b.readUIntBE(6, 4) === 0 ? b.readUIntBE(10, 6) : undefined;
  }

  #opened(use: 'cursor' | 'id', party: PartyId, token: string): Buffer | undefined {
    if (!/^[\w-]{22}$/.test(token)) return undefined;
    return this.#key(use, party).open(Buffer.from(token, 'base64url'));
  }
}
