import { DEGREE } from './earth.ts';
import { OrbitError } from './error.ts';

/** Longitude and latitude in degrees. */
export type Point = readonly [lon: number, lat: number];
export type Ring = readonly Point[];

/**
 * A surface on the Earth as GeoJSON (RFC 7946): outer rings run counterclockwise, rings are closed, longitudes lie
 * from -180 to 180, and what crosses the antimeridian is cut there.
 */
export type Area =
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };

/** The polygons of an area, each with its rings. */
export const polygonsOf = (area: Area): readonly (readonly Ring[])[] =>
  area.type === 'Polygon' ? [area.coordinates] : area.coordinates;

/** The point at an angle (degrees of the great circle) and azimuth from another, on the sphere. */
export function destination([lon, lat]: Point, azimuth_deg: number, angle_deg: number): Point {
  const [phi, a, azimuth] = [lat * DEGREE, angle_deg * DEGREE, azimuth_deg * DEGREE];
  const sin = Math.sin(phi) * Math.cos(a) + Math.cos(phi) * Math.sin(a) * Math.cos(azimuth);
  const east = Math.sin(azimuth) * Math.sin(a) * Math.cos(phi);
  const turn = Math.atan2(east, Math.cos(a) - Math.sin(phi) * sin) / DEGREE;
  return [wrap(lon + turn), Math.asin(Math.max(-1, Math.min(1, sin))) / DEGREE];
}

/** Degrees of the great circle between two points. */
export function angleBetween([lonA, latA]: Point, [lonB, latB]: Point): number {
  const [dLat, dLon] = [(latB - latA) * DEGREE, (lonB - lonA) * DEGREE];
  const half =
    Math.sin(dLat / 2) ** 2 + Math.cos(latA * DEGREE) * Math.cos(latB * DEGREE) * Math.sin(dLon / 2) ** 2;
  return (2 * Math.asin(Math.min(1, Math.sqrt(half)))) / DEGREE;
}

/** A longitude from -180 to below 180. */
export const wrap = (lon: number): number => lon - 360 * Math.floor((lon + 180) / 360);

/** Points on the great circle from one point towards another, so that no step is longer; without the last. */
export function between(from: Point, to: Point, step_deg: number): Point[] {
  const angle = angleBetween(from, to);
  const steps = Math.max(1, Math.ceil(angle / step_deg));
  const [a, b] = [unit(from), unit(to)];
  return Array.from({ length: steps }, (_, i) => {
    if (i === 0) return from;
    const part = i / steps;
    const [u, v] = [Math.sin((1 - part) * angle * DEGREE), Math.sin(part * angle * DEGREE)];
    const [x, y, z] = [u * a[0] + v * b[0], u * a[1] + v * b[1], u * a[2] + v * b[2]];
    return [Math.atan2(y, x) / DEGREE, Math.atan2(z, Math.hypot(x, y)) / DEGREE];
  });
}

const unit = ([lon, lat]: Point): [number, number, number] => [
  Math.cos(lat * DEGREE) * Math.cos(lon * DEGREE),
  Math.cos(lat * DEGREE) * Math.sin(lon * DEGREE),
  Math.sin(lat * DEGREE),
];

/** Whether a point lies in an area (holes are left out). Edges are straight in longitude and latitude, as in GeoJSON. */
export const contains = (area: Area, [lon, lat]: Point): boolean =>
  polygonsOf(area).some((rings) =>
    rings.reduce((inside, ring) => inside !== insideRing(ring, lon, lat), false),
  );

function insideRing(ring: Ring, lon: number, lat: number): boolean {
  let inside = false;
  let [beforeLon, beforeLat] = ring.at(-1) ?? [0, 0];
  for (const [nextLon, nextLat] of ring) {
    if (nextLat > lat !== beforeLat > lat) {
      const crossing = nextLon + ((lat - nextLat) / (beforeLat - nextLat)) * (beforeLon - nextLon);
      if (lon < crossing) inside = !inside;
    }
    [beforeLon, beforeLat] = [nextLon, nextLat];
  }
  return inside;
}

const isPoint = (value: unknown): value is Point =>
  Array.isArray(value) &&
  value.length >= 2 &&
  typeof value[0] === 'number' &&
  typeof value[1] === 'number' &&
  Math.abs(value[0]) <= 180 &&
  Math.abs(value[1]) <= 90;
const isRing = (value: unknown): value is Ring =>
  Array.isArray(value) && value.length >= 4 && value.every(isPoint);
const isPolygon = (value: unknown): value is Ring[] =>
  Array.isArray(value) && value.length > 0 && value.every(isRing);

/** The area of a parsed GeoJSON document: a Polygon, a MultiPolygon, or features of these; `OrbitError` if none. */
export function readArea(value: unknown): Area {
  const polygons = collect(value, 0);
  if (polygons.length === 0)
    throw new OrbitError('option-range', 'area', 'no GeoJSON Polygon or MultiPolygon');
  return { type: 'MultiPolygon', coordinates: polygons };
}

function collect(value: unknown, depth: number): (readonly Ring[])[] {
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  const { type, coordinates, geometry, features, geometries } = value as Record<string, unknown>;
  if (type === 'Polygon' && isPolygon(coordinates)) return [coordinates];
  if (type === 'MultiPolygon' && Array.isArray(coordinates) && coordinates.every(isPolygon))
    return coordinates;
  if (type === 'Feature') return collect(geometry, depth + 1);
  const parts =
    type === 'FeatureCollection' ? features : type === 'GeometryCollection' ? geometries : undefined;
  return Array.isArray(parts) ? parts.flatMap((part) => collect(part, depth + 1)) : [];
}
