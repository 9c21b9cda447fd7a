import { type SatelliteId, systemOf } from '../satellite.ts';
import type { Gpst } from '../time/time-scale.ts';
import type { BroadcastEphemeris } from './ephemeris.ts';

/** Why no ephemeris of a satellite can be used. */
export type EphemerisRefusal =
  | 'no-ephemeris'
  | 'ephemeris-stale'
  | 'unhealthy'
  /** The system itself predicts no accuracy (URA index 15). */
  | 'no-accuracy'
  /** Elements that are no navigation satellite's orbit. */
  | 'ephemeris-implausible';

export type EphemerisChoice =
  | { readonly ephemeris: BroadcastEphemeris }
  | { readonly refused: EphemerisRefusal };

/** Largest distance from toe in seconds at which a set of elements is used. */
export const MAX_EPHEMERIS_AGE: Readonly<Record<BroadcastEphemeris['system'], number>> = {
  // IS-GPS-200, table 20-XIII: a four hour fit has its toe in the middle.
  G: 7200,
  // Renewed every hour; some receivers pass it on late. RTKLIB allows the same six hours.
  C: 21_600,
};

/**
 * Broadcast ephemerides by satellite. Keeps the newest few of each, so that memory is bounded on a live stream and
 * a whole day from RINEX still fits.
 */
export class EphemerisStore {
  readonly #bySatellite = new Map<SatelliteId, BroadcastEphemeris[]>();
  readonly #perSatellite: number;

  constructor(ephemerides: Iterable<BroadcastEphemeris> = [], perSatellite = 128) {
    this.#perSatellite = perSatellite;
    for (const ephemeris of ephemerides) this.add(ephemeris);
  }

  /** Number of ephemerides kept. */
  get size(): number {
    let size = 0;
    for (const list of this.#bySatellite.values()) size += list.length;
    return size;
  }

  satellites(): SatelliteId[] {
    return [...this.#bySatellite.keys()].sort();
  }

  /** All that are kept, by satellite and toe. */
  *[Symbol.iterator](): Generator<BroadcastEphemeris> {
    for (const sat of this.satellites()) yield* this.#bySatellite.get(sat) ?? [];
  }

  /** Adds one; a later one with the same toe replaces it. True where nothing equal was there. */
  add(ephemeris: BroadcastEphemeris): boolean {
    const list = this.#bySatellite.get(ephemeris.sat);
    if (list === undefined) {
      this.#bySatellite.set(ephemeris.sat, [ephemeris]);
      return true;
    }
    let at = list.length;
    while (at > 0 && (list[at - 1] as BroadcastEphemeris).toe > ephemeris.toe) at -= 1;
    const previous = list[at - 1];
    if (previous?.toe === ephemeris.toe) {
      list[at - 1] = ephemeris;
      return !sameContent(previous, ephemeris);
    }
    list.splice(at, 0, ephemeris);
    if (list.length > this.#perSatellite) list.shift();
    return true;
  }

  /** The ephemeris with its toe nearest to `at`, usable or not. */
  nearest(sat: SatelliteId, at: Gpst): BroadcastEphemeris | undefined {
    let best: BroadcastEphemeris | undefined;
    for (const candidate of this.#bySatellite.get(sat) ?? []) {
      // Later wins among equals: it was uploaded later.
      if (best === undefined || Math.abs(candidate.toe - at) <= Math.abs(best.toe - at)) best = candidate;
    }
    return best;
  }

  /**
   * The same if it can be used at that instant, or why it cannot. Orbits and clocks are matched by time, since BDS
   * issue numbers repeat.
   */
  select(sat: SatelliteId, at: Gpst): EphemerisChoice {
    const best = this.nearest(sat, at);
    if (best === undefined) return { refused: 'no-ephemeris' };
    const limit = MAX_EPHEMERIS_AGE[systemOf(sat) as BroadcastEphemeris['system']];
    if (!(Math.abs(best.toe - at) <= limit)) return { refused: 'ephemeris-stale' };
    if (best.health !== 0) return { refused: 'unhealthy' };
    if (best.accuracy === undefined) return { refused: 'no-accuracy' };
    if (!isPlausible(best)) return { refused: 'ephemeris-implausible' };
    return { ephemeris: best };
  }
}

/** √a of 3,000 to 8,000 m^½ reaches from low medium orbits to beyond the geosynchronous ones. */
function isPlausible({ sqrtA, e }: BroadcastEphemeris): boolean {
  return sqrtA > 3000 && sqrtA < 8000 && e >= 0 && e < 0.5;
}

function sameContent(a: BroadcastEphemeris, b: BroadcastEphemeris): boolean {
  const keys = Object.keys(a) as (keyof BroadcastEphemeris)[];
  return keys.every((key) => a[key] === b[key]);
}
