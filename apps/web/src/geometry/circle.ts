import { closeRing, type Position } from './antimeridian.ts';

const RADIANS = Math.PI / 180;

/** Mean Earth radius, kilometres (as in the map's own sphere). */
export const EARTH_KM = 6371.0088;

/** Angle in degrees at the Earth's centre from the sub-point to the horizon of something `altKm` above the sphere. */
export const horizonAngle = (altKm: number): number =>
  Math.acos(EARTH_KM / (EARTH_KM + Math.max(0, altKm))) / RADIANS;

/** A small circle of angular radius `radius` degrees around a point, closed, continuous over the antimeridian. */
export function circle(lon: number, lat: number, radius: number, points = 96): Position[] {
  const ring: Position[] = [];
  const sinLat = Math.sin(lat * RADIANS);
  const cosLat = Math.cos(lat * RADIANS);
  const sinR = Math.sin(radius * RADIANS);
  const cosR = Math.cos(radius * RADIANS);
  for (let i = 0; i < points; i += 1) {
    const bearing = (i / points) * 2 * Math.PI;
    const y = sinLat * cosR + cosLat * sinR * Math.cos(bearing);
    const east = Math.atan2(Math.sin(bearing) * sinR * cosLat, cosR - sinLat * y);
    ring.push([lon + east / RADIANS, Math.asin(Math.max(-1, Math.min(1, y))) / RADIANS]);
  }
  return closeRing(ring);
}

/** Great-circle angle between two points in degrees. */
export function angleBetween(a: Position, b: Position): number {
  const [lonA, latA] = [a[0] * RADIANS, a[1] * RADIANS];
  const [lonB, latB] = [b[0] * RADIANS, b[1] * RADIANS];
  const h =
    Math.sin((latB - latA) / 2) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin((lonB - lonA) / 2) ** 2;
  return (2 * Math.asin(Math.min(1, Math.sqrt(h)))) / RADIANS;
}
