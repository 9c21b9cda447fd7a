import { EphemerisStore, solvePosition, utcFromGpst, type Vector3 } from '@concord/gnss';
import type { FeedIntake, IncomingItem, Intake } from '@concord/intake';
import type { Release, Row } from '@concord/release';
import { ephemerisOf, observationOf, positionRecord } from './records.ts';

export interface PositionsOptions {
  readonly release: Release;
  readonly intake: Intake;
  readonly onError: (cause: unknown) => void;
}

/** What is known of one feed under one label: its own ephemerides only, so that nothing foreign enters a solution. */
interface Station {
  readonly ephemerides: EphemerisStore;
  readonly intake: FeedIntake;
  /** Last solution by receiver: a start for the next. */
  readonly near: Map<string, Vector3>;
}

/** Epochs solved in one turn before others have theirs. */
const EPOCHS_A_TURN = 25;
/** Epochs that may wait; more come only from recordings, whose oldest are left unsolved. */
const MAX_WAITING = 50_000;

/**
 * Makes positions from observations: an item derived from items. It stems from the very feed whose observations and
 * ephemerides it is made of, so it has their originator and their label.
 */
export class Positions {
  readonly #options: PositionsOptions;
  readonly #stations = new Map<string, Station>();
  #waiting: { readonly station: Station; readonly row: Row }[] = [];
  #working = false;
  #dropped = 0;

  constructor(options: PositionsOptions) {
    this.#options = options;
    options.release.tap((rows) => this.#take(rows));
  }

  /** Epochs left unsolved because too many waited. */
  get dropped(): number {
    return this.#dropped;
  }

  #take(rows: readonly Row[]): void {
    for (const row of rows) {
      const stream = this.#options.release.catalogue.byId(row.stream);
      if (stream?.kind !== 'gnss.ephemeris' && stream?.kind !== 'gnss.observation') continue;
      const station = this.#station(row);
      if (!station) continue;
      if (stream.kind === 'gnss.observation') this.#waiting.push({ station, row });
      else {
        const ephemeris = ephemerisOf(JSON.parse(row.record) as Record<string, unknown>);
        if (ephemeris) station.ephemerides.add(ephemeris);
      }
    }
    const surplus = this.#waiting.length - MAX_WAITING;
    if (surplus > 0) {
      this.#waiting.splice(0, surplus);
      this.#dropped += surplus;
    }
    if (!this.#working && this.#waiting.length > 0) {
      this.#working = true;
      setImmediate(() => void this.#work());
    }
  }

  #station(row: Row): Station | undefined {
    const { catalogue } = this.#options.release;
    const stream = catalogue.byId(row.stream);
    const label = catalogue.labelOf(row.label);
    if (!stream || !label) return undefined;
    const key = `${stream.party}/${stream.feed}/${row.label}`;
    let station = this.#stations.get(key);
    if (!station) {
      const intake = this.#options.intake.beside({
        party: stream.party,
        feed: stream.feed,
        source: `observations of ${stream.feed}`,
        format: 'derived',
        label,
      });
      station = { ephemerides: new EphemerisStore([], 16), intake, near: new Map() };
      this.#stations.set(key, station);
    }
    return station;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const made = new Map<Station, IncomingItem[]>();
      for (const { station, row } of this.#waiting.splice(0, EPOCHS_A_TURN)) {
        const item = this.#solve(station, row);
        if (item) made.set(station, [...(made.get(station) ?? []), item]);
      }
      try {
        for (const [station, items] of made) await station.intake.accept(items);
      } catch (cause) {
        this.#options.onError(cause);
      }
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.#working = false;
  }

  #solve(station: Station, row: Row): IncomingItem | undefined {
    const observation = observationOf(JSON.parse(row.record) as Record<string, unknown>);
    if (!observation) return undefined;
    const { set, reference } = observation;
    const near = station.near.get(set.receiver);
    const solution = solvePosition({ set, ephemerides: station.ephemerides }, near ? { near } : {});
    if (!solution.solved) return undefined;
    station.near.set(set.receiver, solution.ecef);
    return {
      kind: 'gnss.position',
      time: Math.round(utcFromGpst(solution.gpst)),
      series: set.receiver,
      place: { point: { lat: solution.lat, lon: solution.lon } },
      record: positionRecord(set.receiver, solution, reference),
    };
  }
}
