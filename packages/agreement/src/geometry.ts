import type { Point } from '@concord/label';

/** Longitude, latitude in degrees. Edges are straight in these coordinates, as GeoJSON has them (RFC 7946, 3.1.1). */
export type Position = readonly [number, number];

/** Closed: the first position is repeated at the end. */
export type Ring = readonly Position[];

/** An outer ring and its holes. */
export type Polygon = readonly Ring[];

/** Even-odd rule. */
function inRing(ring: Ring, lon: number, lat: number): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1]!;
    const [x2, y2] = ring[i]!;
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

const inPolygon = ([outer, ...holes]: Polygon, lon: number, lat: number): boolean =>
  inRing(outer!, lon, lat) && !holes.some((hole) => inRing(hole, lon, lat));

export const holdsPoint = (polygons: readonly Polygon[], { lat, lon }: Point): boolean =>
  polygons.some((polygon) => inPolygon(polygon, lon, lat));

const side = (p: Position, q: Position, r: Position): number =>
  Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));

/** Touching counts as crossing, lying on one another does not. */
const crosses = (a: Position, b: Position, c: Position, d: Position): boolean =>
  side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);

/**
 * True where the whole ring lies in the polygons: every corner inside, no edge across a boundary, and no boundary
 * (of a hole) within the ring. A ring that crosses the antimeridian lies nowhere: GeoJSON cuts areas there.
 */
export function holdsRing(polygons: readonly Polygon[], corners: readonly Point[]): boolean {
  if (corners.length < 3 || !corners.every((corner) => holdsPoint(polygons, corner))) return false;
  const ring: Position[] = [...corners, corners[0]!].map(({ lon, lat }) => [lon, lat]);
  for (let i = 1; i < ring.length; i++) if (Math.abs(ring[i]![0] - ring[i - 1]![0]) > 180) return false;
  return polygons.every((polygon) => polygon.every((boundary) => !meets(ring, boundary)));
}

function meets(ring: Ring, boundary: Ring): boolean {
  for (let k = 1; k < boundary.length; k++) {
    const [c, d] = [boundary[k - 1]!, boundary[k]!];
    if (inRing(ring, c[0], c[1])) return true;
    for (let i = 1; i < ring.length; i++) if (crosses(ring[i - 1]!, ring[i]!, c, d)) return true;
  }
  return false;
}
