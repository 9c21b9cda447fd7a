import { type DelayRung, type Obligations, obligationsText } from '@concord/agreement';
import { decide, type Permit } from './decide.ts';
import type { ReleaseFacts, SubjectFacts } from './facts.ts';
import type { World } from './world.ts';

/** 0 deny, 1 release as it is, n release with obligation set n. */
export type Verdict = number;

/** A cell of the matrix: the verdict and what it rests on. */
export interface Cell {
  readonly verdict: Verdict;
  /** Number of the list of permits; 0 where denied. */
  readonly basis: number;
}

const DENY: Cell = { verdict: 0, basis: 0 };

/** Cells have 16 bits. */
const MOST = 0xffff;

/** Numbers equal things equally, from 1 on; 0 where there are more than a cell can tell apart. */
class Interner<T> {
  readonly #ids = new Map<string, number>();
  readonly #values: T[] = [];
  readonly #text: (value: T) => string;
  constructor(text: (value: T) => string) {
    this.#text = text;
  }
  id(value: T): number {
    const text = this.#text(value);
    let id = this.#ids.get(text);
    if (id === undefined) {
      if (this.#values.length >= MOST) return 0;
      this.#values.push(value);
      id = this.#values.length;
      this.#ids.set(text, id);
    }
    return id;
  }
  get(id: number): T | undefined {
    return this.#values[id - 1];
  }
}

/**
 * The verdicts of (release class, subject class). A cell that was never computed is deny. Rows are release classes,
 * columns subject classes, both small integers; cells are 16 bits.
 */
export class Matrix {
  readonly #obligations = new Interner<Obligations>(obligationsText);
  readonly #bases = new Interner<readonly Permit[]>((one) => JSON.stringify(one));
  #columns = 16;
  #verdicts: Uint16Array[] = [];
  #rowBases: Uint16Array[] = [];

  constructor() {
    this.#obligations.id({});
  }

  verdict(releaseClass: number, subjectClass: number): Verdict {
    return this.#verdicts[releaseClass]?.[subjectClass] ?? 0;
  }

  obligations(verdict: Verdict): Obligations | undefined {
    return verdict === 0 ? undefined : this.#obligations.get(verdict);
  }

  /** Rung of the delay ladder of a verdict. */
  rung(verdict: Verdict): DelayRung {
    return this.#obligations.get(verdict)?.delay ?? 0;
  }

  permits(releaseClass: number, subjectClass: number): readonly Permit[] {
    return this.#bases.get(this.#rowBases[releaseClass]?.[subjectClass] ?? 0) ?? [];
  }

  /** Computes one cell and keeps it. */
  fill(
    world: World,
    releaseClass: number,
    item: ReleaseFacts,
    subjectClass: number,
    reader: SubjectFacts,
  ): Cell {
    const release = decide(world, item, reader);
    const verdict = release ? this.#obligations.id(release.obligations) : 0;
    const basis = release && verdict !== 0 ? this.#bases.id(release.permits) : 0;
    // A release whose basis cannot be told would have no receipt.
    const cell = basis === 0 ? DENY : { verdict, basis };
    this.#set(releaseClass, subjectClass, cell);
    return cell;
  }

  #set(row: number, column: number, cell: Cell): void {
    if (column >= this.#columns) this.#widen(column);
    while (this.#verdicts.length <= row) {
      this.#verdicts.push(new Uint16Array(this.#columns));
      this.#rowBases.push(new Uint16Array(this.#columns));
    }
    this.#verdicts[row]![column] = cell.verdict;
    this.#rowBases[row]![column] = cell.basis;
  }

  #widen(column: number): void {
    while (this.#columns <= column) this.#columns *= 2;
    const wider = (row: Uint16Array) => {
      const next = new Uint16Array(this.#columns);
      next.set(row);
      return next;
    };
    this.#verdicts = this.#verdicts.map(wider);
    this.#rowBases = this.#rowBases.map(wider);
  }

  /** Denies everything to a subject class, at once. */
  clear(subjectClass: number): void {
    for (const rows of [this.#verdicts, this.#rowBases])
      for (const row of rows) if (subjectClass < row.length) row[subjectClass] = 0;
  }

  /** Release classes that are not denied to a subject class, with the rung of each. */
  *released(
    subjectClass: number,
  ): Generator<{ readonly releaseClass: number; readonly verdict: Verdict; readonly rung: DelayRung }> {
    for (let row = 0; row < this.#verdicts.length; row++) {
      const verdict = this.#verdicts[row]![subjectClass] ?? 0;
      if (verdict !== 0) yield { releaseClass: row, verdict, rung: this.rung(verdict) };
    }
  }
}
