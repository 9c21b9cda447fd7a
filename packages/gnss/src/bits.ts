const POWERS = Float64Array.from({ length: 54 }, (_, n) => 2 ** n);

/** 2 to the power of a small integer, from a table: `Math.pow` costs in inner loops. */
function power(bits: number): number {
  return POWERS[bits] ?? 2 ** bits;
}

/** Reads big-endian bit fields. Past the end it reads zeros: callers compare lengths before they trust. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bits not yet read; negative when a field went past the end. */
  get remaining(): number {
    return this.#bytes.length * 8 - this.#position;
  }

  /** Bits read or skipped so far. */
  get position(): number {
    return this.#position;
  }

  skip(bits: number): void {
    this.#position += bits;
  }

  /** Unsigned field of at most 53 bits. */
  unsigned(bits: number): number {
    const value = this.unsignedAt(this.#position, bits);
    this.#position += bits;
    return value;
  }

  /** Two's complement field of at most 53 bits. */
  signed(bits: number): number {
    const value = this.signedAt(this.#position, bits);
    this.#position += bits;
    return value;
  }

  /** Unsigned field at a bit position, without moving on. */
  unsignedAt(position: number, bits: number): number {
    const shift = position & 7;
    if (shift + bits > 32) {
      return this.unsignedAt(position, bits - 16) * 65_536 + this.unsignedAt(position + bits - 16, 16);
    }
    return (this.#word(position >> 3) << shift) >>> (32 - bits);
  }

  /** Two's complement field at a bit position, without moving on. */
  signedAt(position: number, bits: number): number {
    const shift = position & 7;
    if (shift + bits > 32) {
      return this.signedAt(position, bits - 16) * 65_536 + this.unsignedAt(position + bits - 16, 16);
    }
    return (this.#word(position >> 3) << shift) >> (32 - bits);
  }

  /** Four bytes; those past the end are undefined, which bit operators take for zero. */
  #word(at: number): number {
    const bytes = this.#bytes;
    return (
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)
    );
  }

  flag(): boolean {
    const at = this.#position++;
    return (((this.#bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 1;
  }
}

/** Writes big-endian bit fields; grows as needed; the last byte is filled with zero bits. */
export class BitWriter {
  #bytes = new Uint8Array(64);
  #position = 0;

  /** Bits written so far. */
  get length(): number {
    return this.#position;
  }

  /** Unsigned field. Values that do not fit are the caller's fault and are cut to the field. */
  unsigned(bits: number, value: number): void {
    const end = this.#position + bits;
    if (end > this.#bytes.length * 8) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, (end + 7) >> 3));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    let need = bits;
    while (need > 0) {
      const free = 8 - (this.#position & 7);
      const take = Math.min(need, free);
      const part = Math.floor(value / power(need - take)) % (1 << take);
      const index = this.#position >> 3;
      this.#bytes[index] = (this.#bytes[index] ?? 0) | (part << (free - take));
      this.#position += take;
      need -= take;
    }
  }

  /** Two's complement field. */
  signed(bits: number, value: number): void {
    this.unsigned(bits, value < 0 ? value + power(bits) : value);
  }

  flag(value: boolean): void {
    this.unsigned(1, value ? 1 : 0);
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, (this.#position + 7) >> 3);
  }
}
