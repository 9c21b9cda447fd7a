import { type Area, destination, type Point, polygonsOf, type Ring } from './area.ts';
import { DEGREE, ecefToGeodetic, MEAN_RADIUS_KM, temeToEcef } from './earth.ts';
import type { Elset } from './elset.ts';
import { OrbitError, within } from './error.ts';
import { eastNorthUp } from './look.ts';
import { isFailure, type PropagationFailure, propagate } from './propagate.ts';
import { areaOfRing, densified } from './ring.ts';

export interface SwathOptions {
  /** Unix milliseconds. */
  readonly from: number;
  readonly to: number;
  /**
   * Kilometres along the ground from the track to the edges, left and right of the flight; one may be negative, for a
   * sensor that looks to one side only.
   */
  readonly left_km: number;
  readonly right_km: number;
}

const DAY_MS = 86_400_000;
/** Samples of the track, and how many of them make one polygon: short enough never to meet itself. */
const STEP_MS = 10_000;
const STEPS_A_PART = 24;

/** What an imaging satellite covers between two instants, at most a day apart: a polygon every four minutes. */
export function swath(elset: Elset, options: SwathOptions): Area | PropagationFailure {
  const { from, to } = options;
  const left = within('left_km', options.left_km, -5000, 5000);
  const right = within('right_km', options.right_km, -5000, 5000);
  if (!(left + right > 0))
    throw new OrbitError('option-range', 'right_km', 'the right edge lies left of the left one');
  if (!(to > from)) throw new OrbitError('option-range', 'to', 'after `from`');
  within('to', to - from, 0, DAY_MS);
  const steps = Math.ceil((to - from) / STEP_MS);
  const edges: { left: Point; right: Point }[] = [];
  for (let i = 0; i <= steps; i++) {
    const edge = edgesAt(elset, from + ((to - from) * i) / steps, left, right);
    if (isFailure(edge)) return edge;
    edges.push(edge);
  }
  const polygons: (readonly Ring[])[] = [];
  for (let i = 0; i < steps; i += STEPS_A_PART) {
    const part = edges.slice(i, i + STEPS_A_PART + 1);
    const ring = densified([...part.map((edge) => edge.left), ...part.map((edge) => edge.right).reverse()]);
    const middle = ring.reduce((sum, [, lat]) => sum + lat, 0);
    polygons.push(...polygonsOf(areaOfRing(ring, middle)));
  }
  const [only] = polygons;
  if (polygons.length === 1 && only !== undefined) return { type: 'Polygon', coordinates: only };
  return { type: 'MultiPolygon', coordinates: polygons };
}

/** Both edges of the swath at an instant, at right angles to the motion over the turning Earth. */
function edgesAt(
  elset: Elset,
  instant: number,
  left_km: number,
  right_km: number,
): { left: Point; right: Point } | PropagationFailure {
  const state = propagate(elset, instant);
  if (isFailure(state)) return state;
  const { position_km, velocity_km_s } = temeToEcef(state, instant);
  const { lat, lon } = ecefToGeodetic(position_km);
  const [east, north] = eastNorthUp(velocity_km_s, lat, lon);
  const heading = Math.atan2(east, north) / DEGREE;
  const angle = (km: number): number => km / MEAN_RADIUS_KM / DEGREE;
  return {
    left: destination([lon, lat], heading - 90, angle(left_km)),
    right: destination([lon, lat], heading + 90, angle(right_km)),
  };
}
