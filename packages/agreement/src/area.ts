import type { Place, Point } from '@concord/label';
import { sha256 } from '@concord/ledger';
import { cellOf, cellRing } from './cell.ts';
import { holdsPoint, holdsRing, type Polygon, type Position, type Ring } from './geometry.ts';

/** A named polygon or corridor. A version is immutable: its hash is part of every release class that depends on it. */
export interface Area {
  readonly name: string;
  /** First 32 hexadecimal digits of the SHA-256 of the canonical GeoJSON coordinates. */
  readonly hash: string;
  /** Outer rings with their holes; longitude, latitude in degrees, WGS 84. */
  readonly polygons: readonly Polygon[];
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 of a text in hexadecimal. */
export const hashOf = (text: string): string => hex(sha256(new TextEncoder().encode(text)));

/**
 * Reads a GeoJSON Polygon or MultiPolygon (RFC 7946), bare or as a Feature or a collection of one Feature. An area
 * over the antimeridian is cut there, as the RFC has it (3.1.9).
 */
export function readArea(name: string, text: string): Area | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What the parser says would repeat what stands in the file.
    return { problem: 'is not JSON' };
  }
  const geometry = geometryOf(value, 0);
  if (!geometry) return { problem: 'has no geometry of type Polygon or MultiPolygon' };
  const polygons: Ring[][] = [];
  for (const rings of geometry) {
    if (!Array.isArray(rings) || rings.length === 0) return { problem: 'has a polygon without rings' };
    const read = rings.map(ringOf);
    if (!read.every((ring) => ring !== undefined)) {
      return {
        problem: 'has a ring that is not closed, is too short, crosses the antimeridian or leaves ±180, ±90',
      };
    }
    polygons.push(read);
  }
  return { name, hash: hashOf(JSON.stringify(polygons)).slice(0, 32), polygons };
}

function geometryOf(value: unknown, depth: number): unknown[] | undefined {
  // Geometry in feature in collection: nothing goes deeper.
  if (typeof value !== 'object' || value === null || depth > 2) return undefined;
  const { type, geometry, features, coordinates } = value as Record<string, unknown>;
  if (type === 'Feature') return geometryOf(geometry, depth + 1);
  if (type === 'FeatureCollection')
    return Array.isArray(features) && features.length === 1 ? geometryOf(features[0], depth + 1) : undefined;
  if (!Array.isArray(coordinates)) return undefined;
  if (type === 'Polygon') return [coordinates];
  return type === 'MultiPolygon' && coordinates.length > 0 ? coordinates : undefined;
}

function ringOf(value: unknown): Ring | undefined {
  if (!Array.isArray(value) || value.length < 4) return undefined;
  const ring: Position[] = [];
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

/** True where the place as it is lies within the area; a ring must lie in it whole. */
export const within = (area: Area, place: Place): boolean =>
  'point' in place ? holdsPoint(area.polygons, place.point) : holdsRing(area.polygons, place.ring);

const cellsWithin = new WeakMap<Area, Map<string, boolean>>();

/**
 * True where the whole H3 cell around a point lies within the area. An item that is released as its cell is judged
 * by its cell: otherwise the mere fact of release would say on which side of a boundary it was. Cells over the
 * antimeridian or a pole lie within no area.
 */
export function cellWithin(area: Area, point: Point, h3: number): boolean {
  const cell = cellOf(point, h3);
  return cell !== undefined && wholeCellWithin(area, cell);
}

/** The same for a cell by its index. Answers are kept: many items lie in few cells. */
export function wholeCellWithin(area: Area, cell: string): boolean {
  let known = cellsWithin.get(area);
  if (!known) {
    known = new Map();
    cellsWithin.set(area, known);
  }
  let answer = known.get(cell);
  if (answer === undefined) {
    answer = holdsRing(area.polygons, cellRing(cell));
    if (known.size > 100_000) known.clear();
    known.set(cell, answer);
  }
  return answer;
}
