import type { Door } from '@concord/agreement';
import {
  Matrix,
  type ReleaseFacts,
  releaseKey,
  type SubjectFacts,
  subjectKey,
  type World,
} from '@concord/gate';
import type { OfficerId, PartyId } from '@concord/label';
import { ReleaseError } from './error.ts';
import { NOBODY, type OfficerFacts, type Principal, Reader } from './reader.ts';

/** What is kept of classes and verdicts beyond this process. */
export interface PolicyRecord {
  internReleaseClass(key: string, facts: unknown): Promise<number>;
  internSubjectClass(key: string, facts: unknown): Promise<number>;
  /** All cells of a subject class that are not denied, with their rungs; replaces what was there. */
  replaceAllowed(
    subjectClass: number,
    cells: readonly { releaseClass: number; rung: number }[],
  ): Promise<void>;
  /** The cells of one new release class. */
  setAllowedForReleaseClass(
    releaseClass: number,
    cells: readonly { subjectClass: number; rung: number }[],
  ): Promise<void>;
}

/** Classes per party are capped: labels are few, and whoever makes up new ones without end is not served. */
const CLASS_CAP = 4000;
/** Cells computed in one turn before others have theirs. */
const CELLS_A_TURN = 1500;

const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * The verdicts in force: the world, the classes of items and readers, and the matrix between them. Narrowing is felt
 * in the turn in which it is called; everything else is computed in small portions beside the traffic.
 */
export class Standing {
  #world: World;
  #matrix = new Matrix();
  readonly #record: PolicyRecord;
  readonly #releaseFacts = new Map<number, ReleaseFacts>();
  readonly #releaseIds = new Map<string, number>();
  readonly #releasePending = new Map<string, Promise<number>>();
  readonly #classesOf = new Map<PartyId, number>();
  readonly #subjectFacts = new Map<number, SubjectFacts>();
  readonly #subjectIds = new Map<string, Promise<number>>();
  /** When a reader was last given a subject class, milliseconds of the monotonic clock. */
  readonly #used = new Map<number, number>();
  readonly #officers = new Map<OfficerId, OfficerFacts>();
  readonly #readers = new Set<Reader>();
  readonly #byOfficer = new Map<OfficerId, Set<Reader>>();
  #change: Promise<unknown> = Promise.resolve();

  constructor(record: PolicyRecord, world: World) {
    this.#record = record;
    this.#world = world;
  }

  get world(): World {
    return this.#world;
  }

  get matrix(): Matrix {
    return this.#matrix;
  }

  get readers(): ReadonlySet<Reader> {
    return this.#readers;
  }

  releaseFacts(id: number): ReleaseFacts | undefined {
    return this.#releaseFacts.get(id);
  }

  subjectFacts(id: number): SubjectFacts | undefined {
    return this.#subjectFacts.get(id);
  }

  /** All classes that are known here, of items and of readers. */
  get classes(): { readonly items: Iterable<ReleaseFacts>; readonly readers: Iterable<SubjectFacts> } {
    return { items: this.#releaseFacts.values(), readers: this.#subjectFacts.values() };
  }

  /** A release class that was kept from before: its number is known, its cells are computed with the next world. */
  restore(id: number, facts: ReleaseFacts): void {
    this.#releaseFacts.set(id, facts);
    this.#releaseIds.set(releaseKey(facts), id);
    this.#count(facts);
  }

  #count(facts: ReleaseFacts): void {
    for (const party of facts.originators) this.#classesOf.set(party, (this.#classesOf.get(party) ?? 0) + 1);
  }

  /** The number of a release class if it is known already. */
  knownReleaseClass(facts: ReleaseFacts): number | undefined {
    return this.#releaseIds.get(releaseKey(facts));
  }

  /**
   * The number of a release class. A new one is denied to everybody until its cells are computed and kept.
   * @throws ReleaseError `class-cap`
   */
  releaseClass(facts: ReleaseFacts): Promise<number> {
    const key = releaseKey(facts);
    const known = this.#releaseIds.get(key);
    if (known !== undefined) return Promise.resolve(known);
    const pending = this.#releasePending.get(key) ?? this.#newReleaseClass(key, facts);
    this.#releasePending.set(key, pending);
    return pending.finally(() => this.#releasePending.delete(key));
  }

  async #newReleaseClass(key: string, facts: ReleaseFacts): Promise<number> {
    for (const party of facts.originators) {
      if ((this.#classesOf.get(party) ?? 0) >= CLASS_CAP) {
        throw new ReleaseError('class-cap', `${party} has ${CLASS_CAP} release classes already`);
      }
    }
    this.#count(facts);
    const id = await this.#record.internReleaseClass(key, facts);
    return this.#serial(async () => {
      this.#releaseFacts.set(id, facts);
      this.#releaseIds.set(key, id);
      const cells = [...this.#subjectFacts].flatMap(([subjectClass, reader]) => {
        const { verdict } = this.#matrix.fill(this.#world, id, facts, subjectClass, reader);
        return verdict === 0 ? [] : [{ subjectClass, rung: this.#matrix.rung(verdict) }];
      });
      if (cells.length > 0) await this.#record.setAllowedForReleaseClass(id, cells);
      return id;
    });
  }

  /** Changes of verdicts are made one after the other. */
  #serial<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#change.then(work, work);
    this.#change = next.catch(() => undefined);
    return next;
  }

  /** Sets what is known of an officer before anything is open for it. Readers that are open keep their class. */
  introduce(officer: OfficerId, facts: OfficerFacts): void {
    this.#officers.set(officer, facts);
  }

  officer(officer: OfficerId): OfficerFacts | undefined {
    return this.#officers.get(officer);
  }

  #facts(principal: Principal): SubjectFacts | undefined {
    const facts = this.#officers.get(principal.officer);
    return facts && { ...facts, purposes: [...principal.purposes].sort(), door: principal.door as Door };
  }

  /** Admits a reader: unknown officers are nobody and are denied everything. */
  async admit(principal: Principal): Promise<Reader> {
    const own = this.#byOfficer.get(principal.officer) ?? new Set();
    const reader = new Reader(principal, NOBODY, (one) => {
      this.#readers.delete(one);
      own.delete(one);
      if (own.size === 0 && this.#byOfficer.get(principal.officer) === own)
        this.#byOfficer.delete(principal.officer);
    });
    this.#readers.add(reader);
    this.#byOfficer.set(principal.officer, own.add(reader));
    await this.#settle(reader);
    return reader;
  }

  async #settle(reader: Reader): Promise<void> {
    const version = reader.version;
    const facts = this.#facts(reader.principal);
    const id = facts ? await this.#subjectClass(facts) : NOBODY;
    this.#used.set(id, performance.now());
    // Held again meanwhile: whoever held it settles it.
    if (reader.version === version) reader.subjectClass = id;
  }

  #subjectClass(facts: SubjectFacts): Promise<number> {
    const key = subjectKey(facts);
    let id = this.#subjectIds.get(key);
    if (!id) {
      id = this.#newSubjectClass(key, facts);
      this.#subjectIds.set(key, id);
      id.catch(() => this.#subjectIds.delete(key));
    }
    return id;
  }

  async #newSubjectClass(key: string, facts: SubjectFacts): Promise<number> {
    const id = await this.#record.internSubjectClass(key, facts);
    return this.#serial(async () => {
      this.#subjectFacts.set(id, facts);
      await this.#fillColumn(this.#matrix, this.#world, id, facts);
      await this.#record.replaceAllowed(id, [...this.#matrix.released(id)]);
      return id;
    });
  }

  async #fillColumn(matrix: Matrix, world: World, id: number, facts: SubjectFacts): Promise<void> {
    let cells = 0;
    for (const [releaseClass, item] of this.#releaseFacts) {
      matrix.fill(world, releaseClass, item, id, facts);
      if (++cells % CELLS_A_TURN === 0) await breath();
    }
  }

  /** The parties of open readers that may have any of these classes; whoever may not must not notice a change. */
  partiesWith(releaseClasses: readonly number[]): ReadonlySet<PartyId> {
    const found = new Set<PartyId>();
    for (const { subjectClass, principal } of this.#readers)
      if (releaseClasses.some((one) => this.#matrix.verdict(one, subjectClass) !== 0))
        found.add(principal.party);
    return found;
  }

  /**
   * Holds every open reader that `concerns` names: nothing is released to it from this turn on. Returns the readers.
   * Call `renew` afterwards, when what has changed is known. Where it concerns one officer alone, nobody else is asked.
   */
  hold(concerns: (principal: Principal) => boolean, of?: OfficerId): Reader[] {
    const held: Reader[] = [];
    for (const reader of of === undefined ? this.#readers : (this.#byOfficer.get(of) ?? [])) {
      if (!concerns(reader.principal)) continue;
      reader.hold();
      held.push(reader);
    }
    return held;
  }

  /** Gives readers the class that their officers have now. */
  async renew(readers: Iterable<Reader>): Promise<void> {
    for (const reader of readers) {
      reader.version++;
      await this.#settle(reader);
    }
  }

  /**
   * Forgets subject classes that no open reader has and that nobody was given for some time: their cells are taken
   * away, and computed anew for whoever comes again. Resolves with how many.
   */
  prune(idleMs: number): Promise<number> {
    return this.#serial(async () => {
      const before = performance.now() - idleMs;
      const open = new Set([...this.#readers].map(({ subjectClass }) => subjectClass));
      const idle = [...this.#subjectFacts].filter(
        ([id]) => !open.has(id) && (this.#used.get(id) ?? 0) <= before,
      );
      for (const [id, facts] of idle) {
        this.#subjectIds.delete(subjectKey(facts));
        this.#subjectFacts.delete(id);
        this.#used.delete(id);
        this.#matrix.clear(id);
      }
      for (const [id] of idle) await this.#record.replaceAllowed(id, []);
      return idle.length;
    });
  }

  /** Numbers a change that leaves the verdicts of every pair of classes as they are, such as the end of a grant. */
  setEpoch(epoch: number): void {
    this.#world = { ...this.#world, epoch };
  }

  /** Computes every verdict under another world and puts it in force. */
  setWorld(world: World): Promise<void> {
    return this.#serial(async () => {
      const matrix = new Matrix();
      for (const [id, facts] of this.#subjectFacts) {
        await this.#fillColumn(matrix, world, id, facts);
        await breath();
      }
      this.#world = { ...world, epoch: Math.max(world.epoch, this.#world.epoch) };
      this.#matrix = matrix;
      for (const id of this.#subjectFacts.keys())
        await this.#record.replaceAllowed(id, [...matrix.released(id)]);
    });
  }
}
