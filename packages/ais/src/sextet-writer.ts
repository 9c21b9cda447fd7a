import { BYTE_OF_SEXTET, sextetOfText } from './armour.ts';
import { AisError } from './error.ts';

/** Puts bit fields together, most significant bit first, and armours them. */
export class SextetWriter {
  readonly #bits: number[] = [];

  get bitLength(): number {
    return this.#bits.length;
  }

  /** An unsigned field, or a two's complement one if the value is negative; at most 32 bits. */
  number(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit--) this.#bits.push((value >>> bit) & 1);
  }

  flag(value: boolean): void {
    this.#bits.push(value ? 1 : 0);
  }

  /** A text filled up with `@` to its length. */
  text(field: string, text: string | null | undefined, characters: number): void {
    const content = text ?? '';
    if (content.length > characters) {
      throw new AisError('field-text', field, `${content.length} characters, at most ${characters} fit`);
    }
    for (const character of content) {
      const sextet = character === '@' ? undefined : sextetOfText(character);
      if (sextet === undefined)
        throw new AisError('field-text', field, `no ${JSON.stringify(character)} in 6-bit text`);
      this.number(sextet, 6);
    }
    for (let i = content.length; i < characters; i++) this.number(0, 6);
  }

  /** Spare bits up to a length. */
  fillTo(length: number): void {
    while (this.#bits.length < length) this.#bits.push(0);
  }

  /** The armoured payload and how many bits of its last character mean nothing. */
  armoured(): { payload: string; fillBits: number } {
    const fillBits = (6 - (this.#bits.length % 6)) % 6;
    let payload = '';
    for (let i = 0; i < this.#bits.length; i += 6) {
      let sextet = 0;
      for (let bit = 0; bit < 6; bit++) sextet = (sextet << 1) | (this.#bits[i + bit] ?? 0);
      payload += String.fromCharCode(BYTE_OF_SEXTET[sextet] as number);
    }
    return { payload, fillBits };
  }
}
