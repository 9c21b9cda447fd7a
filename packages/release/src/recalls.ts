import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ItemKind, OfficerId, PartyId } from '@concord/label';
import type { RecallTables, ReclassTables, StoredCase, StoredRecall } from '@concord/store';
import type { Catalogue, Stream } from './catalogue.ts';
import type { Cutoff } from './connections.ts';
import { ReleaseError } from './error.ts';
import type { Hold, Verdicts } from './holds.ts';
import type { Tokens } from './position.ts';
import type { Principal } from './reader.ts';
import type { Receipts } from './receipts.ts';
import type { Standing } from './standing.ts';

export interface RecallOrder {
  readonly officer: OfficerId;
  readonly party: PartyId;
  readonly stream: string;
  /** One item by the identifier that its own party knows; absent, all of a range of the items' own times. */
  readonly item?: string;
  /** Milliseconds UTC, from inclusive, to exclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly reason: string;
  /** By when those who have it are to have destroyed it, milliseconds UTC. */
  readonly due: number;
  /** Numbers the change; called in the turn in which the recall takes hold. */
  readonly nextEpoch: () => number;
}

export type CaseState = 'asked' | 'acknowledged' | 'destroyed' | 'overdue';

export interface CaseView {
  readonly party: PartyId;
  readonly state: CaseState;
  readonly asked: string;
  readonly acknowledged?: { readonly at: string; readonly by: string };
  readonly destroyed?: {
    readonly at: string;
    readonly by: string;
    readonly certificate: string;
    readonly signature?: string;
  };
  /** How many items the party was given. */
  readonly items: number;
  /** Which, as that party knows them; absent where they are many. */
  readonly ids?: readonly string[];
}

export interface RecallView {
  readonly id: string;
  readonly party: PartyId;
  readonly stream: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason: string;
  readonly at: string;
  readonly due: string;
  readonly open: boolean;
  readonly cases: readonly CaseView[];
}

export interface RecallParts {
  readonly standing: Standing;
  readonly catalogue: Catalogue;
  readonly verdicts: Verdicts;
  readonly tokens: Tokens;
  readonly receipts: Receipts;
  readonly tables: RecallTables & Pick<ReclassTables, 'reclass'>;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
  /** The number of the last item taken in, and of the last that is committed. */
  readonly numbered: () => number;
  readonly committed: () => number;
  /** Drops what is at hand for live readers up to a row; false where that must wait. */
  readonly forgetThrough: (seq: number) => boolean;
  readonly narrow: (
    concerns: (principal: Principal) => boolean,
    write: () => Promise<void>,
  ) => Promise<{ at: number; cutoffs: Cutoff[]; pending: boolean }>;
  /** Tells open connections of a party. */
  readonly tell: (party: PartyId, message: { readonly type: string } & Record<string, unknown>) => void;
}

const PORTION = 2000;
/** A query under way when the last item was written is over by then (readers' statements end after half a minute). */
const AFTER_MS = 60_000;
/** Times that the store holds. */
const FIRST_TIME = Date.parse('0001-01-01T00:00:00Z');
const LAST_TIME = Date.parse('9999-12-31T00:00:00Z');
/** What is made from items of a kind, in the same feed and at the same times. */
const MADE_FROM: Partial<Record<ItemKind, readonly ItemKind[]>> = { 'gnss.observation': ['gnss.position'] };

const iso = (at: number): string => new Date(at).toISOString();

/** What is made from the items of a stream, as streams of the same feed. */
export const derivedStreams = (catalogue: Catalogue, { party, feed, kind }: Stream): Stream[] =>
  (MADE_FROM[kind] ?? []).flatMap((one) => catalogue.byName(`${party}/${feed}/${one}`) ?? []);

/**
 * An originator recalls what it has given: held in the turn of the call, then written, then told to whom it was
 * given, as the receipts say; and each of these is asked to destroy it and to say so.
 */
export class Recalls {
  readonly #parts: RecallParts;
  readonly #recalls = new Map<string, StoredRecall>();
  readonly #cases = new Map<string, StoredCase[]>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #working = new Set<Promise<void>>();
  #closed = false;

  constructor(parts: RecallParts) {
    this.#parts = parts;
  }

  /** Takes up what was kept, before anything is released: what is not written through yet is held. */
  async restore(): Promise<void> {
    const { tables } = this.#parts;
    for (const one of await tables.recalls()) this.#recalls.set(one.id, one);
    for (const [id, cases] of Map.groupBy(await tables.cases(), ({ recall }) => recall))
      this.#cases.set(id, cases);
    for (const one of this.#recalls.values()) {
      if (one.applied) continue;
      const hold = this.#hold(one);
      this.#work(() => this.#goOn(one, hold));
    }
  }

  #hold({ stream, item, from, to, lastSeq }: StoredRecall): Hold {
    const hold = { stream, from, to, lastSeq, ...(item !== undefined && { item }) };
    this.#parts.verdicts.hold(hold);
    return hold;
  }

  /**
   * Recalls an item or a range of a stream.
   * @throws ReleaseError `no-such-stream` where it is none of the party's own
   */
  async recall(
    order: RecallOrder,
  ): Promise<{ recall: RecallView; epoch: number; cutoffs: Cutoff[]; pending: boolean }> {
    const { catalogue, tokens } = this.#parts;
    const stream = catalogue.byName(order.stream);
    const item = order.item === undefined ? undefined : tokens.place(order.party, order.item)?.seq;
    if (stream?.party !== order.party || (order.item !== undefined && item === undefined))
      throw new ReleaseError('no-such-stream', `there is no stream "${order.stream}" with that of yours`);
    const derived = item === undefined ? derivedStreams(catalogue, stream) : [];
    const all = [stream, ...derived].map((one) => this.#make(order, one, item));
    // From here to the hold inside `narrow` nothing is awaited: one turn.
    const epoch = order.nextEpoch();
    const kept = all.map((one): [StoredRecall, Hold] => {
      const numbered = { ...one, epoch };
      this.#recalls.set(one.id, numbered);
      return [numbered, this.#hold(numbered)];
    });
    const concerned = this.#concerned(order.party, kept);
    const write = async () => {
      for (const [one] of kept) await this.#parts.tables.addRecall(one);
    };
    const { cutoffs, pending } = await this.#parts.narrow(
      ({ party }) => concerned.has(party),
      async () => {
        this.#parts.standing.setEpoch(epoch);
        await write();
      },
    );
    for (const [one, hold] of kept) {
      if (pending) this.#work(() => this.#insist(one, hold, concerned));
      else {
        await this.#ask(one);
        this.#work(() => this.#goOn(one, hold));
      }
    }
    const recall = this.#view(kept[0]![0], undefined);
    return { recall, epoch, cutoffs, pending };
  }

  /** Other parties whose readers may have something of the streams: nobody else is to notice. */
  #concerned(party: PartyId, kept: readonly (readonly [StoredRecall, Hold])[]): ReadonlySet<PartyId> {
    const { catalogue, standing } = this.#parts;
    const classes = kept.flatMap(([{ stream }]) => [...catalogue.classesOf(stream)]);
    const parties = new Set(standing.partiesWith(classes));
    parties.delete(party);
    return parties;
  }

  #make(order: RecallOrder, stream: Stream, item: number | undefined): StoredRecall {
    return {
      id: randomUUID(),
      party: order.party,
      officer: order.officer,
      stream: stream.id,
      ...(item !== undefined && { item }),
      from: order.from ?? FIRST_TIME,
      to: order.to ?? LAST_TIME,
      lastSeq: this.#parts.numbered(),
      reason: order.reason,
      epoch: 0,
      at: this.#parts.now(),
      due: order.due,
      applied: false,
    };
  }

  #work(work: () => Promise<void>): void {
    const running = work()
      .catch(this.#parts.onError)
      .finally(() => this.#working.delete(running));
    this.#working.add(running);
  }

  /** Writes what holds already until it is durable; only then do others go on. */
  async #insist(one: StoredRecall, hold: Hold, concerned: ReadonlySet<PartyId>): Promise<void> {
    await this.#persist(() => this.#parts.tables.addRecall(one));
    if (this.#closed) return;
    await this.#parts.narrow(
      ({ party }) => concerned.has(party),
      async () => undefined,
    );
    await this.#persist(() => this.#ask(one));
    await this.#goOn(one, hold);
  }

  async #persist(work: () => Promise<void>): Promise<void> {
    for (let wait = 200; !this.#closed; wait = Math.min(2 * wait, 10_000)) {
      try {
        return await work();
      } catch (cause) {
        this.#parts.onError(cause);
        await sleep(wait, undefined, { ref: false });
      }
    }
  }

  /** The receipt, and a case for each party that was given any of it. */
  async #ask(one: StoredRecall): Promise<void> {
    const { tables, receipts, tell } = this.#parts;
    const cases = await tables.openCases(one.id);
    this.#cases.set(one.id, cases);
    await receipts.recalled(`home-${one.party}`, one.id, [one.party]);
    for (const each of cases) {
      const party = each.party as PartyId;
      const { id, stream, reason, due, from, to, cases: own } = this.#view(one, party);
      const which = own[0]?.ids ? { ids: own[0].ids } : { from, to };
      tell(party, { type: 'recall', recall: id, stream, reason, due, ...which });
    }
  }

  /** Gives the items their class, in portions; the hold ends when nothing can have read the class of before. */
  async #goOn(one: StoredRecall, hold: Hold): Promise<void> {
    await this.#persist(async () => {
      // What was on its way in is committed first.
      for (let i = 0; i < 100 && this.#parts.committed() < one.lastSeq && !this.#closed; i++)
        await sleep(50, undefined, { ref: false });
      if (this.#closed) return;
      await this.#reclass(one);
      if (!this.#cases.has(one.id)) await this.#ask(one);
      if (this.#closed || this.#parts.committed() < one.lastSeq) return;
      await this.#parts.tables.recallApplied(one.id);
      this.#letGo(hold, AFTER_MS);
    });
  }

  /** Lets go once neither a query from before nor the rows at hand for live readers have the class of before. */
  #letGo(hold: Hold, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#parts.forgetThrough(hold.lastSeq)) this.#parts.verdicts.letGo(hold);
      else this.#letGo(hold, 100);
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  async #reclass({ stream, item, from, to, lastSeq }: StoredRecall): Promise<void> {
    const { catalogue, standing, tables } = this.#parts;
    for (const pair of [...catalogue.pairs()]) {
      const facts = standing.releaseFacts(pair.releaseClass);
      if (pair.stream !== stream || !facts || facts.state === 'recalled') continue;
      const target = await standing.releaseClass({ ...facts, state: 'recalled' });
      const rows = { ...pair, from, to, lastSeq, ...(item !== undefined && { item }) };
      let all = 0;
      for (let done = PORTION; done === PORTION && !this.#closed; all += done)
        done = await tables.reclass(rows, { releaseClass: target }, PORTION);
      if (all === 0) continue;
      catalogue.occurs(stream, target, 0);
      if (catalogue.hasAgain(stream, pair.releaseClass)) catalogue.occursAgain(stream, target);
    }
  }

  /** What a party may know: of its own recalls all, of others' its own case; the authority (no party) everything. */
  views(party: PartyId | undefined): RecallView[] {
    return [...this.#recalls.values()]
      .filter(
        (one) => party === undefined || one.party === party || this.#caseOf(one.id, party) !== undefined,
      )
      .map((one) => this.#view(one, one.party === party ? undefined : party));
  }

  #caseOf(id: string, party: string): StoredCase | undefined {
    return this.#cases.get(id)?.find((one) => one.party === party);
  }

  #view(one: StoredRecall, only: PartyId | undefined): RecallView {
    const cases = (this.#cases.get(one.id) ?? [])
      .filter(({ party }) => only === undefined || party === only)
      .map((each) => this.#caseView(each, one));
    const ranged = one.item === undefined;
    return {
      id: one.id,
      party: one.party as PartyId,
      stream: this.#parts.catalogue.byId(one.stream)?.name ?? '',
      ...(ranged && { from: iso(one.from), to: iso(one.to) }),
      reason: one.reason,
      at: iso(one.at),
      due: iso(one.due),
      open: cases.some(({ state }) => state !== 'destroyed'),
      cases,
    };
  }

  #caseView(
    { party, seqs, places, asked, acknowledged, destroyed }: StoredCase,
    { due }: StoredRecall,
  ): CaseView {
    const { tokens, now } = this.#parts;
    const items = seqs.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    const overdue = now() > due ? 'overdue' : acknowledged ? 'acknowledged' : 'asked';
    return {
      party: party as PartyId,
      state: destroyed ? 'destroyed' : overdue,
      asked: iso(asked),
      ...(acknowledged && { acknowledged: { at: iso(acknowledged.at), by: acknowledged.by } }),
      ...(destroyed && { destroyed: { ...destroyed, at: iso(destroyed.at) } }),
      items,
      ...(places && { ids: places.map((place) => tokens.id(party as PartyId, place)) }),
    };
  }

  /** A recipient has seen it. @throws ReleaseError `no-such-stream` where the party has no such case */
  async acknowledge(id: string, party: PartyId, by: OfficerId): Promise<RecallView> {
    const found = this.#own(id, party);
    const at = this.#parts.now();
    await this.#parts.tables.acknowledge(id, party, at, by);
    this.#replace(id, { ...found, acknowledged: found.acknowledged ?? { at, by } });
    return this.#view(this.#recalls.get(id)!, party);
  }

  /** A recipient certifies that it is destroyed. @throws ReleaseError `no-such-stream` */
  async destroyed(
    id: string,
    party: PartyId,
    by: OfficerId,
    { certificate, signature }: { readonly certificate: string; readonly signature?: string },
  ): Promise<RecallView> {
    const found = this.#own(id, party);
    const at = this.#parts.now();
    const done = { at, by, certificate, ...(signature !== undefined && { signature }) };
    await this.#parts.tables.destroyed(id, party, done);
    this.#replace(id, {
      ...found,
      acknowledged: found.acknowledged ?? { at, by },
      destroyed: found.destroyed ?? done,
    });
    return this.#view(this.#recalls.get(id)!, party);
  }

  #own(id: string, party: PartyId): StoredCase {
    const found = this.#caseOf(id, party);
    if (!found) throw new ReleaseError('no-such-stream', 'there is no such recall');
    return found;
  }

  #replace(id: string, one: StoredCase): void {
    this.#cases.set(id, [...(this.#cases.get(id) ?? []).filter(({ party }) => party !== one.party), one]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#working);
  }
}
