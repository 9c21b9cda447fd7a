import { UsageError } from '../verb.ts';

/** Reads values out of JSON with their path, and refuses whatever is not known: a slip of the pen is not passed over. */
export class Reader {
  readonly #value: unknown;
  readonly #path: string;
  constructor(value: unknown, path: string) {
    this.#value = value;
    this.#path = path;
  }

  fail(why: string): never {
    throw new UsageError(`${this.#path}: ${why}`);
  }

  get missing(): boolean {
    return this.#value === undefined;
  }

  get value(): unknown {
    return this.#value;
  }

  /** The fields of an object that has no others. */
  fields<const Name extends string>(...names: readonly Name[]): Record<Name, Reader> {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.fail('is an object');
    const extra = Object.keys(value).find((key) => !(names as readonly string[]).includes(key));
    if (extra !== undefined) this.fail(`"${extra}" is not known; known are ${names.join(', ')}`);
    const raw = value as Record<string, unknown>;
    const read = names.map((name) => {
      const own = Object.hasOwn(raw, name) ? raw[name] : undefined;
      return [name, new Reader(own, `${this.#path}.${name}`)] as const;
    });
    return Object.fromEntries(read) as Record<Name, Reader>;
  }

  entries(): [string, Reader][] {
    if (this.missing) return [];
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.fail('is an object');
    return Object.entries(value).map(([key, one]) => [key, new Reader(one, `${this.#path}.${key}`)]);
  }

  /** An empty list where there is nothing. */
  list(): Reader[] {
    if (this.missing) return [];
    if (!Array.isArray(this.#value)) return this.fail('is a list');
    return Array.from(this.#value, (one: unknown, i) => new Reader(one, `${this.#path}[${i}]`));
  }

  text(): string {
    return typeof this.#value === 'string' && this.#value !== '' ? this.#value : this.fail('is a text');
  }

  texts(): string[] {
    return this.list().map((one) => one.text());
  }

  number(): number {
    return typeof this.#value === 'number' && Number.isFinite(this.#value)
      ? this.#value
      : this.fail('is a number');
  }

  oneOf<T extends string>(allowed: readonly T[]): T {
    return allowed.find((one) => one === this.#value) ?? this.fail(`is one of ${allowed.join(', ')}`);
  }

  /** A UTC instant, milliseconds. */
  instant(): number {
    const ms = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(this.text()) ? Date.parse(this.text()) : Number.NaN;
    return Number.isFinite(ms) ? ms : this.fail('is a UTC instant such as 2027-01-01T00:00:00Z');
  }
}
