import { type Area, between, type Point, type Ring } from './area.ts';

/** Longest edge, in degrees of the great circle, of a ring in longitude and latitude; near the poles and elsewhere. */
const STEP_POLAR = 0.25;
const STEP = 2;
const POLAR_LATITUDE = 75;

/** A ring (not closed) with points put in between, since its edges on the sphere are none in longitude and latitude. */
export function densified(ring: Ring): Point[] {
  return ring.flatMap((point, i) => {
    const next = ring[(i + 1) % ring.length] as Point;
    const polar = Math.max(Math.abs(point[1]), Math.abs(next[1])) > POLAR_LATITUDE;
    return between(point, next, polar ? STEP_POLAR : STEP);
  });
}

/**
 * The surface inside a ring on the sphere (not closed, edges shorter than 180°), cut at the antimeridian. A ring that
 * runs around a pole gets that pole's edge; `poleSide` says which one, by its sign.
 */
export function areaOfRing(ring: Ring, poleSide: number): Area {
  const parts = cut(withPole(unwrapped(ring), poleSide));
  const polygons = parts.map((part) => [closed(counterclockwise(part))]);
  const [only] = polygons;
  if (polygons.length === 1 && only !== undefined) return { type: 'Polygon', coordinates: only };
  return { type: 'MultiPolygon', coordinates: polygons };
}

/** Longitudes that go on without jumps, the first point again at the end. */
function unwrapped(ring: Ring): Point[] {
  const result: Point[] = [];
  let before: number | undefined;
  for (const [lon, lat] of [...ring, ring[0] as Point]) {
    const next: number = before === undefined ? lon : lon + 360 * Math.round((before - lon) / 360);
    result.push([next, lat]);
    before = next;
  }
  return result;
}

/** Closes a ring that has gone once around over the pole, any other at its first point. */
function withPole(points: Point[], poleSide: number): Point[] {
  const first = points[0] as Point;
  const last = points.at(-1) as Point;
  if (Math.abs(last[0] - first[0]) < 180) return points.slice(0, -1);
  const pole = poleSide < 0 ? -90 : 90;
  return [...points, [last[0], pole], [first[0], pole]];
}

/** The parts of a polygon in each turn of longitude, moved to -180…180. */
function cut(points: readonly Point[]): Point[][] {
  const lons = points.map(([lon]) => lon);
  const from = Math.floor((Math.min(...lons) + 180) / 360);
  const to = Math.floor((Math.max(...lons) + 180) / 360);
  const parts: Point[][] = [];
  for (let turn = from; turn <= to; turn++) {
    const moved = points.map(([lon, lat]): Point => [lon - 360 * turn, lat]);
    const part = clip(clip(moved, -180, 1), 180, -1);
    if (Math.abs(signedArea(part)) > 1e-9) parts.push(part);
  }
  return parts;
}

/** Sutherland and Hodgman: what lies on one side (1: east, -1: west) of a meridian. */
function clip(points: readonly Point[], meridian: number, side: 1 | -1): Point[] {
  const result: Point[] = [];
  points.forEach((point, i) => {
    const before = points.at(i - 1) as Point;
    const inside = (point[0] - meridian) * side >= 0;
    if (inside !== (before[0] - meridian) * side >= 0) {
      const part = (meridian - before[0]) / (point[0] - before[0]);
      result.push([meridian, before[1] + part * (point[1] - before[1])]);
    }
    if (inside) result.push(point);
  });
  return result;
}

function signedArea(points: readonly Point[]): number {
  let double = 0;
  points.forEach(([lon, lat], i) => {
    const [beforeLon, beforeLat] = points.at(i - 1) as Point;
    double += beforeLon * lat - lon * beforeLat;
  });
  return double / 2;
}

const counterclockwise = (points: Point[]): Point[] => (signedArea(points) < 0 ? points.reverse() : points);
const closed = (points: Point[]): Point[] => [...points, points[0] as Point];
