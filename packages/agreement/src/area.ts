import { createHash } from 'node:crypto';
import type { Place, Point } from '@concord/label';
import { cellToBoundary, latLngToCell } from 'h3-js';

/** A named polygon or corridor. A version is immutable: its hash is part of every release class that depends on it. */
export interface Area {
  readonly name: string;
  /** First 16 hexadecimal digits of the SHA-256 of the canonical GeoJSON geometry. */
  readonly hash: string;
  /** Outer rings with their holes; longitude, latitude in degrees, WGS 84. */
  readonly polygons: readonly (readonly Ring[])[];
}

/** Longitude, latitude; closed, the first position is repeated at the end. */
export type Ring = readonly (readonly [number, number])[];

/** Reads a GeoJSON Polygon or MultiPolygon (RFC 7946), bare or as a Feature or a collection of one Feature. */
export function readArea(name: string, text: string): Area | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return { problem: `not JSON: ${(cause as Error).message}` };
  }
  const geometry = geometryOf(value);
  if (!geometry) return { problem: 'has no geometry of type Polygon or MultiPolygon' };
  const polygons: Ring[][] = [];
  for (const rings of geometry) {
    if (!Array.isArray(rings) || rings.length === 0) return { problem: 'has a polygon without rings' };
    const read = rings.map(ringOf);
    if (read.some((ring) => ring === undefined)) {
      return {
        problem: 'has a ring that is not closed, is too short, crosses the antimeridian or leaves ±180, ±90',
      };
    }
    polygons.push(read as Ring[]);
  }
  const hash = createHash('sha256').update(JSON.stringify(polygons)).digest('hex').slice(0, 16);
  return { name, hash, polygons };
}

function geometryOf(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, geometry, features, coordinates } = value as Record<string, unknown>;
  if (type === 'Feature') return geometryOf(geometry);
  if (type === 'FeatureCollection')
    return Array.isArray(features) && features.length === 1 ? geometryOf(features[0]) : undefined;
  if (!Array.isArray(coordinates)) return undefined;
  if (type === 'Polygon') return [coordinates];
  return type === 'MultiPolygon' && coordinates.length > 0 ? coordinates : undefined;
}

function ringOf(value: unknown): Ring | undefined {
  if (!Array.isArray(value) || value.length < 4) return undefined;
  const ring: [number, number][] = [];
  for (const position of value) {
    if (!Array.isArray(position)) return undefined;
    const [lon, lat] = position as unknown[];
    if (typeof lon !== 'number' || typeof lat !== 'number') return undefined;
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return undefined;
    const last = ring.at(-1);
    if (last && Math.abs(last[0] - lon) > 180) return undefined;
    ring.push([lon, lat]);
  }
  const [first, last] = [ring[0]!, ring.at(-1)!];
  return first[0] === last[0] && first[1] === last[1] ? ring : undefined;
}

function inRing(ring: Ring, { lat, lon }: Point): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1]!;
    const [x2, y2] = ring[i]!;
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

const inArea = (area: Area, point: Point): boolean =>
  area.polygons.some(
    ([outer, ...holes]) => inRing(outer!, point) && !holes.some((hole) => inRing(hole, point)),
  );

function crosses(
  a: readonly [number, number],
  b: readonly [number, number],
  c: readonly [number, number],
  d: readonly [number, number],
): boolean {
  const side = (p: readonly [number, number], q: readonly [number, number], r: readonly [number, number]) =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

/** True where the whole ring lies in the area: every corner inside and no edge across a boundary. */
function ringWithin(area: Area, corners: readonly Point[]): boolean {
  if (!corners.every((corner) => inArea(area, corner))) return false;
  const edges = corners.map((p, i) => [p, corners[(i + 1) % corners.length]!] as const);
  if (edges.some(([p, q]) => Math.abs(p.lon - q.lon) > 180)) return false;
  return area.polygons.every((rings) =>
    rings.every((ring) =>
      ring.every((corner, i) => {
        const next = ring[i + 1];
        return !next || !edges.some(([p, q]) => crosses([p.lon, p.lat], [q.lon, q.lat], corner, next));
      }),
    ),
  );
}

/** True where the place as it is lies within the area; a ring must lie in it whole. */
export const within = (area: Area, place: Place): boolean =>
  'point' in place ? inArea(area, place.point) : ringWithin(area, place.ring);

const cellsWithin = new WeakMap<Area, Map<string, boolean>>();

/**
 * True where the whole H3 cell around a point lies within the area. An item that is released as its cell is judged
 * by its cell: otherwise the mere fact of release would say on which side of a boundary it was.
 */
export function cellWithin(area: Area, { lat, lon }: Point, h3: number): boolean {
  const cell = latLngToCell(lat, lon, h3);
  const known = cellsWithin.get(area) ?? new Map<string, boolean>();
  if (known.size === 0) cellsWithin.set(area, known);
  let answer = known.get(cell);
  if (answer === undefined) {
    answer = ringWithin(
      area,
      cellToBoundary(cell).map(([a, b]) => ({ lat: a, lon: b })),
    );
    if (known.size > 100_000) known.clear();
    known.set(cell, answer);
  }
  return answer;
}
