import { DELAY_LADDER } from '@concord/agreement';
import { banner, type ItemKind, type Label, labelText, type PartyId, type StreamId } from '@concord/label';
import type { Standing } from './standing.ts';

/** A stream: whose it is, which feed brings it, the one kind that it carries. */
export interface Stream {
  readonly id: number;
  readonly name: StreamId;
  readonly party: PartyId;
  readonly feed: string;
  readonly kind: ItemKind;
}

export interface CatalogueRecord {
  internStream(name: string, party: string, kind: string): Promise<number>;
  internLabel(text: string): Promise<number>;
}

interface Occurrence {
  /** Milliseconds UTC of the first item of the class in the stream. */
  readonly since: number;
}

/**
 * Which streams there are, and which release classes have occurred in each since when: enough to say what a reader
 * may know of without touching a row.
 */
export class Catalogue {
  readonly #record: CatalogueRecord;
  readonly #streams = new Map<number, Stream>();
  readonly #byName = new Map<string, Stream>();
  readonly #pending = new Map<string, Promise<Stream>>();
  readonly #occurrences = new Map<number, Map<number, Occurrence>>();
  readonly #labels = new Map<number, { readonly label: Label; readonly json: string }>();
  readonly #labelIds = new Map<string, Promise<number>>();

  readonly #successions = new Map<number, number>();
  readonly #changing = new Set<number>();
  readonly #again = new Map<number, Set<number>>();

  constructor(record: CatalogueRecord) {
    this.#record = record;
  }

  restoreStream(id: number, name: StreamId, party: PartyId, kind: ItemKind): Stream {
    const feed = name.split('/')[1] ?? '';
    const stream = { id, name, party, feed, kind };
    this.#streams.set(id, stream);
    this.#byName.set(name, stream);
    return stream;
  }

  restoreLabel(id: number, label: Label): void {
    this.#labels.set(id, { label, json: JSON.stringify({ ...label, banner: banner(label) }) });
    this.#labelIds.set(labelText(label), Promise.resolve(id));
    if (label.successor) this.#successions.set(id, Date.parse(label.successor.at));
    if (label.successor || label.embargoUntil !== undefined) this.#changing.add(id);
  }

  async stream(name: StreamId, party: PartyId, kind: ItemKind): Promise<Stream> {
    const known = this.#byName.get(name);
    if (known) return known;
    const pending =
      this.#pending.get(name) ??
      this.#record.internStream(name, party, kind).then((id) => this.restoreStream(id, name, party, kind));
    this.#pending.set(name, pending);
    return pending.finally(() => this.#pending.delete(name));
  }

  label(label: Label): Promise<number> {
    const text = labelText(label);
    let id = this.#labelIds.get(text);
    if (!id) {
      id = this.#record.internLabel(text).then((found) => {
        this.restoreLabel(found, label);
        return found;
      });
      this.#labelIds.set(text, id);
      id.catch(() => this.#labelIds.delete(text));
    }
    return id;
  }

  /** A label with its banner line, as JSON text. */
  labelJson(id: number): string {
    return this.#labels.get(id)?.json ?? 'null';
  }

  /** When an item with this label gets another by itself, milliseconds UTC; never, for most. */
  succeededAt(id: number): number {
    return this.#successions.get(id) ?? Number.POSITIVE_INFINITY;
  }

  /** Labels that have an embargo or a successor. */
  *changing(): Generator<{ readonly id: number; readonly label: Label }> {
    for (const id of this.#changing) yield { id, label: this.#labels.get(id)!.label };
  }

  /** The pairs of stream and release class that have occurred. */
  *pairs(): Generator<{ readonly stream: number; readonly releaseClass: number }> {
    for (const [stream, classes] of this.#occurrences)
      for (const releaseClass of classes.keys()) yield { stream, releaseClass };
  }

  /** Items of the class have been re-classed in the stream and are released to its readers from then. */
  occursAgain(stream: number, releaseClass: number): void {
    const classes = this.#again.get(stream) ?? new Set();
    this.#again.set(stream, classes.add(releaseClass));
  }

  hasAgain(stream: number, releaseClass: number): boolean {
    return this.#again.get(stream)?.has(releaseClass) ?? false;
  }

  labelOf(id: number): Label | undefined {
    return this.#labels.get(id)?.label;
  }

  byId(id: number): Stream | undefined {
    return this.#streams.get(id);
  }

  all(): Stream[] {
    return [...this.#streams.values()];
  }

  byName(name: string): Stream | undefined {
    return this.#byName.get(name);
  }

  /** True the first time that a class occurs in a stream. */
  occurs(stream: number, releaseClass: number, at: number): boolean {
    let classes = this.#occurrences.get(stream);
    if (!classes) {
      classes = new Map();
      this.#occurrences.set(stream, classes);
    }
    if (classes.has(releaseClass)) return false;
    classes.set(releaseClass, { since: at });
    return true;
  }

  classesOf(stream: number): Iterable<number> {
    return this.#occurrences.get(stream)?.keys() ?? [];
  }

  /** The classes of a stream that a subject class may have by now, with their verdicts. */
  *released(
    standing: Standing,
    subjectClass: number,
    stream: number,
    now: number,
  ): Generator<{ releaseClass: number; verdict: number }> {
    for (const [releaseClass, { since }] of this.#occurrences.get(stream) ?? []) {
      const verdict = standing.matrix.verdict(releaseClass, subjectClass);
      if (verdict !== 0 && since + DELAY_LADDER[standing.matrix.rung(verdict)].ms <= now)
        yield { releaseClass, verdict };
    }
  }

  /** The streams of which something has been released to a subject class by now: hidden and absent are one. */
  visible(standing: Standing, subjectClass: number, now: number): Stream[] {
    return [...this.#streams.values()].filter(
      (stream) => !this.released(standing, subjectClass, stream.id, now).next().done,
    );
  }
}
