import { type Position, unwrap } from './antimeridian.ts';

/** West, south, east, north in degrees; east may pass 180. */
export type Bounds = readonly [number, number, number, number];

/** Bounds of a continuous run of points; undefined for none. */
export function boundsOf(points: readonly Position[]): Bounds | undefined {
  if (points.length === 0) return undefined;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of unwrap(points)) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

/** All positions in a GeoJSON geometry, feature or collection, in order. */
export function positionsOf(json: GeoJSON.GeoJSON): Position[] {
  if (json.type === 'FeatureCollection') return json.features.flatMap(positionsOf);
  if (json.type === 'Feature') return json.geometry === null ? [] : positionsOf(json.geometry);
  if (json.type === 'GeometryCollection') return json.geometries.flatMap(positionsOf);
  const flat = (json.coordinates as unknown[]).flat(3) as unknown;
  const numbers = (Array.isArray(flat) ? flat : []).filter((n): n is number => typeof n === 'number');
  const out: Position[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) out.push([numbers[i] ?? 0, numbers[i + 1] ?? 0]);
  return out;
}
