/** A stream of choices that a seed repeats (mulberry32). */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  /** A whole number from `least` to `most`. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }
  chance(p: number): boolean {
    return this.next() < p;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!;
  }
  /** Each element with this chance, in the order of the list. */
  some<T>(list: readonly T[], p = 0.5): T[] {
    return list.filter(() => this.chance(p));
  }
  /** At least one, at most `most`, in the order of the list. */
  few<T>(list: readonly T[], most: number): T[] {
    const left = new Set<T>();
    for (let n = this.int(1, most); n > 0; n--) left.add(this.pick(list));
    return list.filter((one) => left.has(one));
  }
  /** The value with this chance, else an object without it, to be spread. */
  maybe<K extends string, V>(p: number, key: K, make: () => V): { [one in K]?: V } {
    return this.chance(p) ? ({ [key]: make() } as { [one in K]: V }) : {};
  }
  times<T>(least: number, most: number, make: (i: number) => T): T[] {
    return Array.from({ length: this.int(least, most) }, (_, i) => make(i));
  }
}
