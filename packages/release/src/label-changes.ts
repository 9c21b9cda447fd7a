import type { ReleaseFacts } from '@concord/gate';
import { type Label, labelAt, type PartyId } from '@concord/label';
import type { ReclassTables } from '@concord/store';
import type { Catalogue } from './catalogue.ts';
import type { Standing } from './standing.ts';

export interface LabelChangesParts {
  readonly standing: Standing;
  readonly catalogue: Catalogue;
  readonly tables: ReclassTables;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
  /** Labels have been succeeded in this turn: what is under way to readers is void. */
  readonly onSucceeded: (parties: ReadonlySet<PartyId>) => Promise<void>;
  /** Items are released again, in the order of what is late, from an instant on. */
  readonly onAgain: (since: number) => void;
}

/** How often labels are looked through for what has come about. */
const LOOK_MS = 250;
const PORTION = 2000;
/**
 * So far ahead is the instant from which re-classed items count for readers, so that it lies behind no cursor when
 * they are committed.
 */
const AHEAD_MS = 1000;
/** Items that were on their way in when their label changed are looked for again after these times. */
const AGAIN_MS = [3000, 60_000];

const changesAt = ({ embargoUntil, successor }: Label): number[] => [
  ...(embargoUntil === undefined ? [] : [Date.parse(embargoUntil)]),
  ...(successor === undefined ? [] : [Date.parse(successor.at)]),
];

/**
 * Embargoes end and labels are succeeded by the passing of time. Stored items then get the class of what their label
 * has become, and readers have them again as late ones. An embargo that has ended widens: the items are denied until
 * they are written. A label that has been succeeded may narrow: its items are held from the very instant
 * (`Verdicts`), until they are written.
 */
export class LabelChanges {
  readonly #parts: LabelChangesParts;
  /** How often a label has been swept since its last change, and when next. */
  readonly #swept = new Map<
    number,
    { readonly change: number; readonly times: number; readonly next: number }
  >();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #closed = false;
  #looked: number;

  constructor(parts: LabelChangesParts) {
    this.#parts = parts;
    this.#looked = parts.now();
  }

  start(): void {
    this.#working = this.#look()
      .catch(this.#parts.onError)
      .finally(() => {
        if (this.#closed) return;
        this.#timer = setTimeout(() => this.start(), this.#wait());
        this.#timer.unref();
      });
  }

  #wait(): number {
    const now = this.#parts.now();
    let wait = LOOK_MS;
    for (const { label } of this.#parts.catalogue.changing())
      for (const at of changesAt(label)) if (at > now) wait = Math.min(wait, at - now);
    return Math.max(1, wait);
  }

  async #look(): Promise<void> {
    const { catalogue, standing, now } = this.#parts;
    const at = now();
    const due = [...catalogue.changing()].flatMap(({ id, label }) => {
      const change = Math.max(...changesAt(label).filter((one) => one <= at));
      return change > 0 ? [{ id, label, change }] : [];
    });
    const before = this.#looked;
    this.#looked = at;
    const succeeded = due.filter(
      ({ id }) => catalogue.succeededAt(id) > before && catalogue.succeededAt(id) <= at,
    );
    if (succeeded.length > 0) {
      const classes = [...catalogue.pairs()].map(({ releaseClass }) => releaseClass);
      const labelled = classes.filter((one) => {
        const facts = standing.releaseFacts(one);
        return facts !== undefined && succeeded.some(({ label }) => isOf(facts, label));
      });
      await this.#parts.onSucceeded(standing.partiesWith(labelled));
    }
    for (const { id, label, change } of due) {
      const known = this.#swept.get(id);
      const times = known?.change === change ? known.times : 0;
      if (times > 0 && (known?.next ?? 0) > at) continue;
      try {
        await this.#sweep(id, label);
        const next = at + (AGAIN_MS[times] ?? Number.POSITIVE_INFINITY);
        this.#swept.set(id, { change, times: times + 1, next });
      } catch (cause) {
        // Nothing has been widened, what is narrower is held, and others are not kept waiting.
        this.#parts.onError(cause);
      }
    }
  }

  async #sweep(id: number, label: Label): Promise<void> {
    const { catalogue, standing, tables, now } = this.#parts;
    const current = labelAt(label, now());
    const to = current === label ? undefined : await catalogue.label(current);
    for (const { stream, releaseClass } of [...catalogue.pairs()]) {
      const facts = standing.releaseFacts(releaseClass);
      if (!facts || !isOf(facts, label)) continue;
      const state = stateOf(facts, current, now());
      if (to === undefined && state === facts.state) continue;
      const target = await standing.releaseClass({ ...withLabel(facts, current), state });
      for (let done = PORTION; done === PORTION; ) {
        const since = now() + AHEAD_MS;
        const given = { releaseClass: target, since, ...(to !== undefined && { label: to }) };
        done = await tables.reclass({ stream, releaseClass, label: id }, given, PORTION);
        if (done === 0) continue;
        catalogue.occurs(stream, target, since);
        catalogue.occursAgain(stream, target);
        this.#parts.onAgain(since);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#working;
  }
}

/** Whether items of a class may have a label. */
const isOf = ({ policy, classification }: ReleaseFacts, label: Label): boolean =>
  policy === label.policy && classification === label.classification;

function stateOf({ state }: ReleaseFacts, { embargoUntil }: Label, now: number): ReleaseFacts['state'] {
  if (state === 'recalled') return state;
  return embargoUntil !== undefined && !(Date.parse(embargoUntil) <= now) ? 'embargoed' : 'normal';
}

function withLabel(facts: ReleaseFacts, label: Label): ReleaseFacts {
  const { releasableTo: _, ...rest } = facts;
  return {
    ...rest,
    policy: label.policy,
    classification: label.classification,
    categories: label.categories,
    caveats: label.caveats,
    ...(label.releasableTo && { releasableTo: label.releasableTo }),
    purposes: label.purposes,
    dataMode: label.dataMode,
  };
}
