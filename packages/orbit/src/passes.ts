import type { Elset } from './elset.ts';
import { OrbitError, within } from './error.ts';
import { bounds, Horizon, type Sight, type Viewpoint } from './horizon.ts';
import { isFailure, type PropagationFailure } from './propagate.ts';

export type PassOptions = Viewpoint & {
  /** Unix milliseconds; at most 366 days apart. */
  readonly from: number;
  readonly to: number;
  /** Degrees above the horizon; default 10. */
  readonly minElevation_deg?: number;
};

/**
 * A time during which a satellite stands above the minimum elevation of a site, or of any place of an area. Times are
 * UTC (ISO 8601) to 0.1 s; azimuths are those from the site, or from the place of the area that sees it highest.
 */
export interface Pass {
  /** Catalogue number. */
  readonly id: number;
  readonly rise: string;
  readonly culmination: string;
  readonly set: string;
  readonly maxElevation_deg: number;
  readonly riseAzimuth_deg: number;
  readonly setAzimuth_deg: number;
  /** Kilometres at culmination. */
  readonly range_km: number;
  /** Set where the pass was under way at `from`: then `rise` is that. */
  readonly startsBefore?: true;
  /** Set where it goes on after `to`: then `set` is that. */
  readonly endsAfter?: true;
}

export interface Passes {
  readonly passes: readonly Pass[];
  /** Why the search ended early, if it did: the passes before that are kept. */
  readonly failure: PropagationFailure | null;
}

const PRECISION_MS = 50;
/** Degrees that the satellite moves, at most, between two samples near the horizon. */
const STEP_DEG = 3;
/** The golden section: each step of a search keeps one sight and needs one more. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

class Ended {
  readonly failure: PropagationFailure;
  constructor(failure: PropagationFailure) {
    this.failure = failure;
  }
}

/** The passes of a satellite between two instants, in order; short ones that only just rise included. */
export function findPasses(elset: Elset, options: PassOptions): Passes {
  const { from, to } = options;
  if (!(Number.isFinite(from) && to > from)) throw new OrbitError('option-range', 'to', 'after `from`');
  within('to', to - from, 0, 366 * 86_400_000);
  const least = within('minElevation_deg', options.minElevation_deg ?? 10, 0, 89);
  const search = new Search(elset, options, least);
  const passes: Pass[] = [];
  try {
    search.run(from, to, passes);
    return { passes, failure: null };
  } catch (error) {
    if (error instanceof Ended) return { passes, failure: error.failure };
    throw error;
  }
}

class Search {
  readonly #elset: Elset;
  readonly #horizon: Horizon;
  readonly #least: number;

  constructor(elset: Elset, viewpoint: Viewpoint, least: number) {
    this.#elset = elset;
    this.#horizon = new Horizon(elset, viewpoint);
    this.#least = least;
  }

  #sight(instant: number): Sight {
    const sight = this.#horizon.sight(instant);
    if (isFailure(sight)) throw new Ended(sight);
    return sight;
  }

  run(from: number, to: number, into: Pass[]): void {
    let before: Sight | undefined;
    let now = this.#sight(from);
    const { rate_deg_s, visible_deg } = bounds(this.#elset, this.#least);
    const nearStep = (STEP_DEG / rate_deg_s) * 1000;
    let rise: Sight | undefined = now.elevation_deg >= this.#least ? now : undefined;
    let best = now;
    const close = (set: Sight): void => {
      if (rise !== undefined)
        into.push(this.#pass(rise, this.#highest(best, nearStep, rise, set), set, from, to));
      rise = undefined;
    };
    while (now.instant < to) {
      const far = ((now.distance_deg - visible_deg) / rate_deg_s) * 1000;
      const next = this.#sight(Math.min(to, now.instant + Math.max(nearStep, far)));
      const above = next.elevation_deg >= this.#least;
      if (rise !== undefined) {
        if (next.elevation_deg > best.elevation_deg) best = next;
        if (!above) close(this.#crossing(now, next));
      } else if (above) {
        rise = this.#crossing(next, now);
        best = next;
      } else if (
        before !== undefined &&
        now.elevation_deg > before.elevation_deg &&
        now.elevation_deg > next.elevation_deg
      ) {
        // Highest between two samples, and below the limit at each: it may have been above for a moment.
        const top = this.#highest(now, nearStep, before, next);
        if (top.elevation_deg >= this.#least) {
          rise = this.#crossing(top, before);
          best = top;
          close(this.#crossing(top, next));
        }
      }
      before = now;
      now = next;
    }
    close(now);
  }

  /** The last instant above the limit, between one above and one below (in either order of time). */
  #crossing(above: Sight, below: Sight): Sight {
    let [inside, outside] = [above, below];
    while (Math.abs(outside.instant - inside.instant) > PRECISION_MS) {
      const middle = this.#sight((inside.instant + outside.instant) / 2);
      if (middle.elevation_deg >= this.#least) inside = middle;
      else outside = middle;
    }
    return inside;
  }

  /** The highest sight around a sample, by golden sections, within bounds. */
  #highest(around: Sight, step: number, least: Sight, most: Sight): Sight {
    let low = Math.max(least.instant, around.instant - step);
    let high = Math.min(most.instant, around.instant + step);
    let left = this.#sight(high - GOLDEN * (high - low));
    let right = this.#sight(low + GOLDEN * (high - low));
    while (high - low > PRECISION_MS) {
      if (left.elevation_deg < right.elevation_deg) {
        low = left.instant;
        left = right;
        right = this.#sight(low + GOLDEN * (high - low));
      } else {
        high = right.instant;
        right = left;
        left = this.#sight(high - GOLDEN * (high - low));
      }
    }
    return [left, right].reduce(
      (best, sight) => (sight.elevation_deg > best.elevation_deg ? sight : best),
      around,
    );
  }

  #pass(rise: Sight, top: Sight, set: Sight, from: number, to: number): Pass {
    return {
      id: this.#elset.satNo,
      rise: tenth(rise.instant),
      culmination: tenth(top.instant),
      set: tenth(set.instant),
      maxElevation_deg: top.elevation_deg,
      riseAzimuth_deg: rise.azimuth_deg,
      setAzimuth_deg: set.azimuth_deg,
      range_km: top.range_km,
      ...(rise.instant === from ? { startsBefore: true } : {}),
      ...(set.instant === to ? { endsAfter: true } : {}),
    };
  }
}

/** ISO 8601 to the tenth of a second. */
const tenth = (instant: number): string =>
  new Date(Math.round(instant / 100) * 100).toISOString().replace('00Z', 'Z');
