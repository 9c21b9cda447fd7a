import { FeedError } from '../error.ts';
import { inRing, LocalPlane, type PlanePoint, wrap } from './plane.ts';

/** Longitude and latitude in degrees, as in GeoJSON. */
export type Position = readonly [lon: number, lat: number];

/** The waters of an exercise: a lane, and its own directions along and across it. */
export interface Waters {
  readonly plane: LocalPlane;
  /** The lane's ring, not closed. */
  readonly ring: readonly PlanePoint[];
  /** Half of its extent along and across, kilometres. */
  readonly halfLength: number;
  readonly halfWidth: number;
  /** The point so far along the lane and to its left, from its middle. */
  readonly at: (along: number, left: number) => PlanePoint;
  readonly inside: (point: PlanePoint) => boolean;
}

/** A lane of 220 km by 60 km in mid-ocean. */
export const MID_OCEAN_CORRIDOR: readonly Position[] = [
  [-42.2, 31.6],
  [-39.8, 31.9],
  [-39.8, 32.5],
  [-42.2, 32.2],
  [-42.2, 31.6],
];

/**
 * The waters around a corridor, its ring closed or not.
 *
 * @throws FeedError `argument` where it is no ring
 */
export function watersOf(corridor: readonly Position[]): Waters {
  const [first, last] = [corridor[0], corridor.at(-1)];
  const closed = first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
  const open = closed ? corridor.slice(0, -1) : corridor;
  const valid = open.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 75);
  if (open.length < 3 || !valid || first === undefined) {
    throw new FeedError('argument', 'a corridor is a ring of three points or more, not near a pole');
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const lon = wrap(first[0] + mean(open.map((point) => wrap(point[0] - first[0]))));
  const plane = new LocalPlane({ lon, lat: mean(open.map((point) => point[1])) });
  const ring = open.map(([east, north]) => plane.toPlane({ lon: east, lat: north }));
  const sum = (of: (point: PlanePoint) => number): number =>
    ring.reduce((total, point) => total + of(point), 0);
  // The direction in which the corners are spread most.
  const angle =
    Math.atan2(
      2 * sum(({ x, y }) => x * y),
      sum(({ x, y }) => x * x - y * y),
    ) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    plane,
    ring,
    halfLength: Math.max(...ring.map(({ x, y }) => Math.abs(x * cos + y * sin))),
    halfWidth: Math.max(...ring.map(({ x, y }) => Math.abs(y * cos - x * sin))),
    at: (along, left) => ({ x: along * cos - left * sin, y: along * sin + left * cos }),
    inside: (point) => inRing(ring, point),
  };
}
