import type { TemeState, Vector } from './propagate.ts';

/** Earth-fixed state: TEME turned by Greenwich mean sidereal time, without polar motion (at most 15 m). */
export interface EcefState {
  readonly frame: 'ECEF';
  readonly position_km: Vector;
  readonly velocity_km_s: Vector;
}

/** Degrees and kilometres on and above the WGS 84 ellipsoid. */
export interface Geodetic {
  readonly lat: number;
  readonly lon: number;
  readonly alt_km: number;
}

export const DEGREE = Math.PI / 180;

/** Semi-major axis of WGS 84, km. */
export const EQUATORIAL_RADIUS_KM = 6378.137;
/** Mean radius, km, for distances along the ground. */
export const MEAN_RADIUS_KM = 6371.0088;
/** Gravity of the Earth, km³/s². */
export const MU = 398_600.4418;
/** Rotation of the Earth, radians a second. */
export const EARTH_RATE = 7.292115e-5;

const FLATTENING = 1 / 298.257223563;
const E2 = FLATTENING * (2 - FLATTENING);
const J2000_MS = Date.UTC(2000, 0, 1, 12);

/**
 * Greenwich mean sidereal time in radians, 0 to 2π (IAU 1982; Vallado, algorithm 15). UT1 is taken as UTC: within
 * 0.9 s, which is 420 m at the equator.
 */
export function greenwichSiderealTime(instant: number): number {
  const days = (instant - J2000_MS) / 86_400_000;
  const centuries = days / 36_525;
  // The whole turns of the days are taken out first, so that the fraction keeps its digits.
  const turns =
    (67_310.54841 + (8_640_184.812866 + (0.093104 - 6.2e-6 * centuries) * centuries) * centuries) / 86_400 +
    days;
  return (turns - Math.floor(turns)) * 2 * Math.PI;
}

/** A TEME state at an instant (Unix milliseconds) in the frame that turns with the Earth. */
export function temeToEcef(state: TemeState, instant: number): EcefState {
  const angle = greenwichSiderealTime(instant);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [x, y, z] = state.position_km;
  const [vx, vy, vz] = state.velocity_km_s;
  const [ex, ey] = [cos * x + sin * y, cos * y - sin * x];
  return {
    frame: 'ECEF',
    position_km: [ex, ey, z],
    velocity_km_s: [cos * vx + sin * vy + EARTH_RATE * ey, cos * vy - sin * vx - EARTH_RATE * ex, vz],
  };
}

export function geodeticToEcef({ lat, lon, alt_km }: Geodetic): Vector {
  const [sin, cos] = [Math.sin(lat * DEGREE), Math.cos(lat * DEGREE)];
  const normal = EQUATORIAL_RADIUS_KM / Math.sqrt(1 - E2 * sin * sin);
  const across = (normal + alt_km) * cos;
  return [
    across * Math.cos(lon * DEGREE),
    across * Math.sin(lon * DEGREE),
    (normal * (1 - E2) + alt_km) * sin,
  ];
}

/** Latitude by Bowring's formula, repeated until it stands still: exact for any height above the Earth's core. */
export function ecefToGeodetic([x, y, z]: Vector): Geodetic {
  const across = Math.hypot(x, y);
  const polar = EQUATORIAL_RADIUS_KM * (1 - FLATTENING);
  let reduced = Math.atan2(z, across * (1 - FLATTENING));
  let lat = 0;
  for (let i = 0; i < 4; i++) {
    const [sin, cos] = [Math.sin(reduced), Math.cos(reduced)];
    lat = Math.atan2(z + (E2 / (1 - E2)) * polar * sin ** 3, across - E2 * EQUATORIAL_RADIUS_KM * cos ** 3);
    reduced = Math.atan2((1 - FLATTENING) * Math.sin(lat), Math.cos(lat));
  }
  const [sin, cos] = [Math.sin(lat), Math.cos(lat)];
  const alt_km = across * cos + z * sin - EQUATORIAL_RADIUS_KM * Math.sqrt(1 - E2 * sin * sin);
  return { lat: lat / DEGREE, lon: Math.atan2(y, x) / DEGREE, alt_km };
}

/** The point of the ellipsoid below a satellite, and its height above. */
export const subSatellitePoint = (state: TemeState, instant: number): Geodetic =>
  ecefToGeodetic(temeToEcef(state, instant).position_km);
