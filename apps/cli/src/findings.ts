import { say } from './verb.ts';

/** Told one by one up to here; of a file that is something else altogether nobody wants a line a byte. */
const MOST = 100;

/** What is wrong with an input, told on standard error with its place. */
export class Findings {
  /** What the input is called. */
  readonly input: string;
  #count = 0;

  constructor(input: string) {
    this.input = input;
  }

  get count(): number {
    return this.#count;
  }

  /** `place` is such as `line 7` or `byte 4711`. */
  add(place: string, why: string): void {
    if (++this.#count <= MOST) say(`${this.input}: ${place}: ${why}`);
  }

  /** Says how many there were in all where not each was told; the exit status is 1 where there was any. */
  end(): 0 | 1 {
    if (this.#count > MOST) say(`${this.input}: ${this.#count} findings, of which ${MOST} are shown`);
    return this.#count > 0 ? 1 : 0;
  }
}
