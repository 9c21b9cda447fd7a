import type { Catalogue } from './catalogue.ts';
import type { Row } from './row.ts';
import type { Standing } from './standing.ts';

/** What is held of one stream: an item, or a range of the items' own times, up to a number. */
export interface Hold {
  readonly stream: number;
  readonly item?: number;
  /** Milliseconds UTC, from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly lastSeq: number;
}

type Held = Pick<Row, 'stream' | 'seq' | 'time' | 'label' | 'releaseClass'>;

const meant = ({ item, from, to, lastSeq }: Hold, { seq, time }: Held): boolean =>
  seq <= lastSeq && (item === undefined ? time >= from && time < to : seq === item);

/**
 * Verdicts of single items: the matrix's, except where the item is held because its class is about to be narrowed, or
 * its label has been succeeded and it still carries the class of before. What is held is its originator's alone.
 * Holding is one synchronous step, and what is stored catches up with it.
 */
export class Verdicts {
  readonly #standing: Standing;
  readonly #catalogue: Catalogue;
  readonly #now: () => number;
  readonly #holds = new Map<number, Set<Hold>>();

  constructor(standing: Standing, catalogue: Catalogue, now: () => number) {
    this.#standing = standing;
    this.#catalogue = catalogue;
    this.#now = now;
  }

  hold(one: Hold): void {
    const held = this.#holds.get(one.stream) ?? new Set();
    this.#holds.set(one.stream, held.add(one));
  }

  /** Only once every item that it means is stored with its narrower class. */
  letGo(one: Hold): void {
    const held = this.#holds.get(one.stream);
    held?.delete(one);
    if (held?.size === 0) this.#holds.delete(one.stream);
  }

  of(row: Held, subjectClass: number): number {
    const verdict = this.#standing.matrix.verdict(row.releaseClass, subjectClass);
    if (verdict === 0 || !this.#isHeld(row)) return verdict;
    return this.#isOwn(row.releaseClass, subjectClass) ? verdict : 0;
  }

  #isHeld(row: Held): boolean {
    const succeeded = this.#catalogue.succeededAt(row.label);
    if (succeeded !== Number.POSITIVE_INFINITY && succeeded <= this.#now()) return true;
    for (const one of this.#holds.get(row.stream) ?? []) if (meant(one, row)) return true;
    return false;
  }

  #isOwn(releaseClass: number, subjectClass: number): boolean {
    const originators = this.#standing.releaseFacts(releaseClass)?.originators;
    return originators?.length === 1 && originators[0] === this.#standing.subjectFacts(subjectClass)?.party;
  }
}
