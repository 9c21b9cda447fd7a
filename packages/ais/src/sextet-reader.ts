import { NOT_ARMOUR, SEXTET_OF_BYTE, TEXT_OF_SEXTET } from './armour.ts';

/** The longest payload taken, in sextets: five slots hold 1,008 bits, encapsulation allows nine sentences. */
export const MAX_SEXTETS = 1024;

/**
 * Reads bit fields (most significant bit first) out of a de-armoured payload. One reader is loaded again for every
 * message; bits past the end read as zero, so a decoder checks `bitLength` once and not at every field.
 */
export class SextetReader {
  readonly #sextets = new Uint8Array(MAX_SEXTETS + 64);
  #used = 0;
  /** Bits of the payload without fill bits. */
  bitLength = 0;

  /** Forgets the payload. */
  clear(): void {
    this.#sextets.fill(0, 0, this.#used);
    this.#used = 0;
    this.bitLength = 0;
  }

  /** Appends armoured bytes; false if one is no armour or there are too many. */
  append(bytes: Uint8Array, from: number, to: number): boolean {
    const sextets = this.#sextets;
    let used = this.#used;
    if (used + to - from > MAX_SEXTETS) return false;
    for (let i = from; i < to; i++) {
      const sextet = SEXTET_OF_BYTE[bytes[i] as number] as number;
      if (sextet === NOT_ARMOUR) {
        this.#used = used;
        return false;
      }
      sextets[used++] = sextet;
    }
    this.#used = used;
    this.bitLength = used * 6;
    return true;
  }

  /** Takes the fill bits of the last sentence off the end. */
  dropFill(bits: number): void {
    this.bitLength = Math.max(0, this.bitLength - bits);
  }

  /** An unsigned field of at most 32 bits. */
  unsigned(start: number, length: number): number {
    const sextets = this.#sextets;
    let index = (start / 6) | 0;
    let have = 6 - (start - index * 6);
    if (index >= MAX_SEXTETS) return 0;
    let value = (sextets[index] as number) & ((1 << have) - 1);
    if (have >= length) return value >> (have - length);
    while (have + 6 <= length) {
      value = (value << 6) | (sextets[++index] as number);
      have += 6;
    }
    const rest = length - have;
    if (rest > 0) value = (value << rest) | ((sextets[++index] as number) >> (6 - rest));
    return value >>> 0;
  }

  /** A two's complement field of at most 32 bits. */
  signed(start: number, length: number): number {
    const shift = 32 - length;
    return (this.unsigned(start, length) << shift) >> shift;
  }

  flag(start: number): boolean {
    return this.unsigned(start, 1) === 1;
  }

  /** A text of 6-bit characters: ends at the first `@`, trailing spaces removed; null when nothing is left. */
  text(start: number, characters: number): string | null {
    let text = '';
    let kept = 0;
    const limit = Math.min(characters, ((this.bitLength - start) / 6) | 0);
    for (let i = 0; i < limit; i++) {
      const sextet = this.unsigned(start + i * 6, 6);
      if (sextet === 0) break;
      text += TEXT_OF_SEXTET[sextet] as string;
      if (sextet !== 32) kept = i + 1;
    }
    return kept === 0 ? null : text.slice(0, kept);
  }
}
