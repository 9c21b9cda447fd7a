import type { XmlElement } from '../xml/tree.ts';
import type { Vocabulary } from '../xml/vocabulary.ts';

const OID = /^[0-2](?:\.\d+)+$/;

/** The attributes of one element of a SPIF, each read as what the schema says it is. */
export class Fields {
  readonly #vocabulary: Vocabulary;
  readonly #of: XmlElement;
  readonly #values: ReadonlyMap<string, string>;

  constructor(vocabulary: Vocabulary, of: XmlElement, names: readonly string[]) {
    this.#vocabulary = vocabulary;
    this.#of = of;
    this.#values = vocabulary.attributes(of, names);
  }

  #wrong(name: string, why: string): never {
    return this.#vocabulary.fail(this.#of, `${name} ${why}`, 'spif-field');
  }

  text(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** A text that the schema asks for. */
  needed(name: string): string {
    return this.#values.get(name) ?? this.#wrong(name, 'is missing');
  }

  name(name = 'name'): string {
    const text = this.needed(name);
    if (text === '' || text.length > 256) this.#wrong(name, 'is empty or over 256 characters');
    return text;
  }

  oid(name: string): string {
    const text = this.needed(name);
    return OID.test(text) ? text : this.#wrong(name, `"${text}" is no object identifier`);
  }

  integer(name: string): number {
    const text = this.needed(name);
    const number = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return Number.isNaN(number) ? this.#wrong(name, `"${text}" is no integer`) : number;
  }

  /** A value that stands in labels, without leading zeros where it is a number: "004" and "4" are one value. */
  lacv(): string {
    return plainLacv(this.needed('lacv'));
  }

  flag(name: string): boolean {
    const text = this.text(name) ?? 'false';
    if (text === 'true' || text === '1') return true;
    return text === 'false' || text === '0'
      ? false
      : this.#wrong(name, `"${text}" is neither true nor false`);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const text = this.needed(name);
    return allowed.find((one) => one === text) ?? this.#wrong(name, `is one of ${allowed.join(', ')}`);
  }

  /** A number of selections; none where it is not bounded. */
  selection(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined || text === 'unbounded') return undefined;
    const number = this.integer(name);
    return number >= 0 ? number : this.#wrong(name, 'is below zero');
  }

  instant(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
    const time = zoned ? Date.parse(text) : Number.NaN;
    return Number.isNaN(time)
      ? this.#wrong(name, `"${text}" is no instant with a time zone`)
      : new Date(time).toISOString();
  }
}

export const plainLacv = (text: string): string => (/^\d{1,15}$/.test(text) ? String(Number(text)) : text);
