import type { Point } from '@concord/label';

/** Kilometres east and north of a plane's origin. */
export interface PlanePoint {
  readonly x: number;
  readonly y: number;
}

const KM_A_DEGREE = 111.2;
const DEGREE = Math.PI / 180;

/** A flat chart of some hundred kilometres around a place, true to a few parts in a thousand. */
export class LocalPlane {
  readonly origin: Point;
  readonly #eastKm: number;

  constructor(origin: Point) {
    this.origin = origin;
    this.#eastKm = KM_A_DEGREE * Math.cos(origin.lat * DEGREE);
  }

  toPlane({ lat, lon }: Point): PlanePoint {
    return { x: wrap(lon - this.origin.lon) * this.#eastKm, y: (lat - this.origin.lat) * KM_A_DEGREE };
  }

  toPoint({ x, y }: PlanePoint): Point {
    return { lat: this.origin.lat + y / KM_A_DEGREE, lon: wrap(this.origin.lon + x / this.#eastKm) };
  }
}

/** Into −180 to below 180. */
export const wrap = (lon: number): number => lon - 360 * Math.floor((lon + 180) / 360);

/** Whether a point lies in a ring (its last point joined to its first). */
export function inRing(ring: readonly PlanePoint[], { x, y }: PlanePoint): boolean {
  let inside = false;
  let before = ring.at(-1);
  for (const point of ring) {
    if (before !== undefined && point.y > y !== before.y > y) {
      if (x < point.x + ((y - point.y) / (before.y - point.y)) * (before.x - point.x)) inside = !inside;
    }
    before = point;
  }
  return inside;
}

export interface Box {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

export function boxOf(ring: readonly PlanePoint[], margin = 0): Box {
  const [xs, ys] = [ring.map(({ x }) => x), ring.map(({ y }) => y)];
  return {
    west: Math.min(...xs) - margin,
    east: Math.max(...xs) + margin,
    south: Math.min(...ys) - margin,
    north: Math.max(...ys) + margin,
  };
}

/** What of a ring lies in a box (Sutherland and Hodgman); fewer than three points where nothing does. */
export function clip(ring: readonly PlanePoint[], { west, east, south, north }: Box): PlanePoint[] {
  let points = [...ring];
  for (const [axis, limit, sign] of [
    ['x', west, 1],
    ['x', east, -1],
    ['y', south, 1],
    ['y', north, -1],
  ] as const) {
    const inside = (point: PlanePoint): boolean => (point[axis] - limit) * sign >= 0;
    const kept: PlanePoint[] = [];
    for (const [i, point] of points.entries()) {
      const before = points.at(i - 1) as PlanePoint;
      if (inside(point) !== inside(before)) {
        const part = (limit - before[axis]) / (point[axis] - before[axis]);
        kept.push({ x: before.x + part * (point.x - before.x), y: before.y + part * (point.y - before.y) });
      }
      if (inside(point)) kept.push(point);
    }
    points = kept;
  }
  return points;
}
