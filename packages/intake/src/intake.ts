import { areaQuestions, classify, type World } from '@concord/gate';
import {
  type Item,
  isItemKind,
  type Label,
  labelAt,
  type PartyId,
  type Place,
  streamId,
} from '@concord/label';
import type { Release } from '@concord/release';
import type { FeedDescription, FeedIntake, FeedState, IncomingItem, Progress, Quarantined } from './feed.ts';

/** A row for the store, not yet numbered. */
export interface NewRow {
  readonly stream: number;
  readonly series: string;
  readonly time: number;
  readonly releaseClass: number;
  readonly label: number;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly record: string;
}

export interface RunProgress extends Progress {
  readonly feed: string;
  readonly officer: string;
  readonly source: string;
}

export interface QuarantineRow extends Quarantined {
  readonly party: PartyId;
  readonly feed: string;
}

/** What intake needs of the store. */
export interface IntakeStore {
  /** Durable when it resolves. */
  append(
    rows: readonly NewRow[],
    progress?: RunProgress,
  ): Promise<{
    readonly refused: readonly { readonly index: number; readonly code: string; readonly reason: string }[];
  }>;
  quarantine(entries: readonly QuarantineRow[]): Promise<void>;
}

export interface IntakeOptions {
  readonly release: Release;
  readonly store: IntakeStore;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

/** How a feed fares, for the engineers of its party. */
export interface FeedHealth {
  readonly feed: string;
  readonly party: PartyId;
  readonly source: string;
  readonly format: string;
  readonly dataMode: string;
  readonly state: FeedState;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly lastItemAt?: string;
  readonly items: number;
  readonly itemsPerSecond: number;
  readonly quarantined: number;
  readonly message?: string;
}

/** Bytes: with its label an item is never more than what may be in flight to a reader that does not acknowledge. */
const MAX_RECORD = 56 * 1024;
const MAX_SERIES = 120;
/** The window over which a feed's rate is told. */
const RATE_MS = 10_000;

/** All that comes in comes in here: it is labelled, classified, stored, or put into quarantine. */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #feeds = new Map<string, OpenFeed>();

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Opens a feed; one that has the same party and name goes on with its counts. */
  open(description: FeedDescription): FeedIntake {
    const key = `${description.party}/${description.feed}`;
    const feed = new OpenFeed(description, this.#options, this.#feeds.get(key));
    this.#feeds.set(key, feed);
    return feed;
  }

  /** For what is made from a feed's items: it goes into streams of the same feed and has no health of its own. */
  beside(description: FeedDescription): FeedIntake {
    return new OpenFeed(description, this.#options, undefined);
  }

  /** The feeds of one party. */
  health(party: PartyId): FeedHealth[] {
    return [...this.#feeds.values()]
      .filter((feed) => feed.description.party === party)
      .map((feed) => feed.health());
  }
}

/** Why an item cannot be stored, or undefined. */
function refusal({ kind, time, series, place }: IncomingItem): [code: string, message: string] | undefined {
  if (!isItemKind(kind)) return ['unknown-kind', `"${kind}" is no item kind`];
  if (!Number.isSafeInteger(time) || Math.abs(time) > 8.64e15) return ['bad-time', `${time} is no instant`];
  if (series.length > MAX_SERIES) return ['bad-series', `a series has at most ${MAX_SERIES} characters`];
  const points = place === undefined ? [] : 'point' in place ? [place.point] : place.ring;
  const off = points.find(({ lat, lon }) => !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180));
  return off && ['bad-place', `latitude ${off.lat}, longitude ${off.lon} is no place on Earth`];
}

class OpenFeed implements FeedIntake {
  readonly description: FeedDescription;
  readonly #options: IntakeOptions;
  #state: FeedState = 'running';
  #message: string | undefined;
  readonly #since: number;
  #items: number;
  #quarantined: number;
  #lastItemAt: number | undefined;
  #recent: { at: number; items: number }[] = [];
  #classes = new Map<string, number>();
  #world: World | undefined;
  #labelled: Label | undefined;
  #questions: ReturnType<typeof areaQuestions> = { areas: [], resolutions: [] };

  constructor(description: FeedDescription, options: IntakeOptions, before: OpenFeed | undefined) {
    this.description = description;
    this.#options = options;
    this.#since = options.now();
    this.#items = before ? before.#items : 0;
    this.#quarantined = before ? before.#quarantined : 0;
    this.#lastItemAt = before ? before.#lastItemAt : undefined;
  }

  async accept(items: readonly IncomingItem[], progress?: Progress): Promise<void> {
    const { release, store, now } = this.#options;
    const { party, feed, source, officer } = this.description;
    const label = this.#label(now());
    const bad: Quarantined[] = [];
    const rows: NewRow[] = [];
    const labelId = await release.catalogue.label(label);
    for (const item of items) {
      const why = refusal(item);
      const record = JSON.stringify(item.record);
      if (why || Buffer.byteLength(record) > MAX_RECORD) {
        const [code, message] = why ?? ['too-large', `a record has at most ${MAX_RECORD} bytes`];
        bad.push({ code, message, place: {}, bytes: Buffer.from(record.slice(0, 256)) });
        continue;
      }
      const stream =
        release.catalogue.byName(`${party}/${feed}/${item.kind}`) ??
        (await release.catalogue.stream(streamId(party, feed, item.kind), party, item.kind));
      let releaseClass: number;
      try {
        releaseClass = this.#knownClass(item, label) ?? (await this.#newClass(item, label));
      } catch (cause) {
        bad.push({
          code: 'class-cap',
          message: (cause as Error).message,
          place: {},
          bytes: Buffer.from(record.slice(0, 256)),
        });
        continue;
      }
      const { lat, lon } = pointOf(item.place);
      rows.push({
        stream: stream.id,
        series: item.series,
        time: item.time,
        releaseClass,
        label: labelId,
        lat,
        lon,
        record,
      });
    }
    const run = progress && { ...progress, feed, source, officer: officer ?? '' };
    if (rows.length > 0 || run) {
      const { refused } = await store.append(rows, run);
      for (const { index, code, reason } of refused) {
        const record = rows[index]?.record ?? '';
        bad.push({ code, message: reason, place: {}, bytes: Buffer.from(record.slice(0, 256)) });
      }
    }
    if (bad.length > 0) await this.quarantine(bad);
    this.#count(rows.length, now());
  }

  /** The label of the feed as it is now: one that has been succeeded is no item's any more. */
  #label(at: number): Label {
    const label = labelAt(this.description.label, at);
    if (label !== this.#labelled) this.#classes.clear();
    this.#labelled = label;
    return label;
  }

  #facts(item: IncomingItem, label: Label) {
    const { party } = this.description;
    const full: Item = { ...item, label, originators: [party] };
    return classify(full, this.#questions.areas, this.#questions.resolutions, this.#options.now());
  }

  /** The class of an item by what can differ within a feed: its kind, where it lies, whether its embargo stands. */
  #knownClass(item: IncomingItem, label: Label): number | undefined {
    const { standing } = this.#options.release;
    if (this.#world !== standing.world) {
      this.#world = standing.world;
      this.#questions = areaQuestions(standing.world);
      this.#classes.clear();
    }
    if (this.#questions.areas.length === 0 || !item.place) {
      const embargoed = label.embargoUntil !== undefined;
      return embargoed ? undefined : this.#classes.get(item.kind);
    }
    const facts = this.#facts(item, label);
    return this.#classes.get(`${item.kind}/${facts.state}/${facts.areas.join()}`);
  }

  async #newClass(item: IncomingItem, label: Label): Promise<number> {
    const facts = this.#facts(item, label);
    const id = await this.#options.release.standing.releaseClass(facts);
    const located = this.#questions.areas.length > 0 && item.place;
    this.#classes.set(located ? `${item.kind}/${facts.state}/${facts.areas.join()}` : item.kind, id);
    return id;
  }

  async quarantine(entries: readonly Quarantined[]): Promise<void> {
    if (entries.length === 0) return;
    const { party, feed } = this.description;
    await this.#options.store.quarantine(entries.map((one) => ({ ...one, party, feed })));
    this.#quarantined += entries.length;
  }

  state(state: FeedState, message?: string): void {
    this.#state = state;
    this.#message = message;
  }

  #count(items: number, at: number): void {
    if (items === 0) return;
    this.#items += items;
    this.#lastItemAt = at;
    this.#recent.push({ at, items });
    if (this.#recent.length > 2000) this.#recent.splice(0, 1000);
  }

  health(): FeedHealth {
    const { feed, party, source, format, label } = this.description;
    const now = this.#options.now();
    this.#recent = this.#recent.filter((one) => one.at > now - RATE_MS);
    const recent = this.#recent.reduce((sum, one) => sum + one.items, 0);
    return {
      feed,
      party,
      source,
      format,
      dataMode: label.dataMode,
      state: this.#state,
      since: new Date(this.#since).toISOString(),
      ...(this.#lastItemAt !== undefined && { lastItemAt: new Date(this.#lastItemAt).toISOString() }),
      items: this.#items,
      itemsPerSecond: Math.round((recent / (RATE_MS / 1000)) * 10) / 10,
      quarantined: this.#quarantined,
      ...(this.#message !== undefined && { message: this.#message }),
    };
  }
}

function pointOf(place: Place | undefined): { lat: number | null; lon: number | null } {
  return place && 'point' in place ? place.point : { lat: null, lon: null };
}
