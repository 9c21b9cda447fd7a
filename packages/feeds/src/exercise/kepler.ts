import { type EcefState, greenwichSiderealTime } from '@concord/orbit';

/** What of an element set says the orbit: degrees, revolutions a day. */
export interface Elements {
  readonly meanMotion: number;
  readonly eccentricity: number;
  readonly inclination: number;
  readonly raan: number;
  readonly argOfPerigee: number;
  readonly meanAnomaly: number;
}

const DEGREE = Math.PI / 180;
/** Gravity of the Earth, km³/s² (WGS 72, as SGP4 has it). */
const MU = 398_600.8;
const EARTH_RATE = 7.292115e-5;

/** Revolutions a day of an orbit with this semi-major axis, km. */
export const meanMotionOf = (axisKm: number): number =>
  (86_400 / (2 * Math.PI)) * Math.sqrt(MU / axisKm ** 3);

export const turned = (degrees: number): number => ((degrees % 360) + 360) % 360;

/**
 * The circular orbit that goes through an Earth-fixed state at an instant. Its osculating elements stand for mean
 * ones, which they resemble to some kilometres.
 */
export function circularElements(
  { position_km: [x, y, z], velocity_km_s: [vx, vy, vz] }: EcefState,
  at: number,
): Elements {
  const angle = greenwichSiderealTime(at);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const r = [cos * x - sin * y, sin * x + cos * y, z] as const;
  const [ux, uy] = [vx - EARTH_RATE * y, vy + EARTH_RATE * x];
  const v = [cos * ux - sin * uy, sin * ux + cos * uy, vz] as const;
  const h = [r[1] * v[2] - r[2] * v[1], r[2] * v[0] - r[0] * v[2], r[0] * v[1] - r[1] * v[0]] as const;
  const size = Math.hypot(...h);
  const inclination = Math.acos(Math.max(-1, Math.min(1, h[2] / size)));
  // An equatorial orbit has no node: it is counted from the equinox then.
  const node = Math.hypot(h[0], h[1]) < 1e-4 * size ? 0 : Math.atan2(h[0], -h[1]);
  const [alongNode, pastNode] = [
    r[0] * Math.cos(node) + r[1] * Math.sin(node),
    (r[1] * Math.cos(node) - r[0] * Math.sin(node)) * Math.cos(inclination) + r[2] * Math.sin(inclination),
  ];
  return {
    meanMotion: meanMotionOf(Math.hypot(...r)),
    eccentricity: 0.0001,
    inclination: inclination / DEGREE,
    raan: turned(node / DEGREE),
    argOfPerigee: 0,
    meanAnomaly: turned(Math.atan2(pastNode, alongNode) / DEGREE),
  };
}
