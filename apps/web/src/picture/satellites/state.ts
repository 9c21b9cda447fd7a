import type { SatRec } from 'satellite.js';
import { eciToGeodetic } from 'satellite.js/frames';
import { gstime, propagate } from 'satellite.js/sgp4';
import { EARTH_KM } from '../../geometry/circle.ts';

/** Degrees and kilometres above the ellipsoid. */
export interface SubPoint {
  readonly lon: number;
  readonly lat: number;
  readonly altKm: number;
}

const LOWEST_KM = 60;
const HIGHEST_KM = 500_000;

/**
 * Where a satellite is over the ground at `ms` (UTC). Undefined where SGP4 fails, and where it answers what cannot be:
 * decayed sets come back without an error and with absurd radii.
 */
export function subPointAt(satrec: SatRec, ms: number): SubPoint | undefined {
  const at = new Date(ms);
  const position = propagate(satrec, at)?.position;
  if (position === undefined || !Number.isFinite(position.x)) return undefined;
  const { latitude, longitude, height } = eciToGeodetic(position, gstime(at));
  if (!(height > LOWEST_KM && height < HIGHEST_KM)) return undefined;
  const lon = (longitude * 180) / Math.PI;
  return { lon: ((((lon + 180) % 360) + 360) % 360) - 180, lat: (latitude * 180) / Math.PI, altKm: height };
}

export type Vector = readonly [number, number, number];

/**
 * The place on the map's sphere of radius 1: x to longitude 90°, y to the north pole, z to longitude 0. Latitude is taken
 * as the ellipsoid's, as the map does with everything it draws.
 */
export function onSphere({ lon, lat, altKm }: SubPoint): Vector {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  const radius = 1 + altKm / EARTH_KM;
  return [
    radius * Math.cos(phi) * Math.sin(lambda),
    radius * Math.sin(phi),
    radius * Math.cos(phi) * Math.cos(lambda),
  ];
}

export const STATE_FLOATS = 6;

/**
 * Writes place and velocity (a second) of a satellite at `ms` into `out` at its index; a satellite without a state is
 * written as zeros, which lie inside the Earth and are never drawn.
 */
export function writeState(
  satrec: SatRec | undefined,
  ms: number,
  out: Float32Array,
  index: number,
): boolean {
  const here = satrec === undefined ? undefined : subPointAt(satrec, ms);
  const next = satrec === undefined || here === undefined ? undefined : subPointAt(satrec, ms + 1000);
  const at = index * STATE_FLOATS;
  if (here === undefined || next === undefined) {
    out.fill(0, at, at + STATE_FLOATS);
    return false;
  }
  const p = onSphere(here);
  const q = onSphere(next);
  out.set([p[0], p[1], p[2], q[0] - p[0], q[1] - p[1], q[2] - p[2]], at);
  return true;
}
