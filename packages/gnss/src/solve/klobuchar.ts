import { SPEED_OF_LIGHT } from '../signal.ts';
import type { Gpst } from '../time/time-scale.ts';
import { SECONDS_PER_DAY } from '../time/time-scale.ts';

type Four = readonly [number, number, number, number];

/** Coefficients of the broadcast ionosphere model: seconds per semicircle^n (IS-GPS-200, 20.3.3.5.2.5). */
export interface Klobuchar {
  readonly alpha: Four;
  readonly beta: Four;
}

/** Used where none are known: the GPS broadcast of 2004-01-01, which RTKLIB falls back to as well. */
export const DEFAULT_KLOBUCHAR: Klobuchar = {
  alpha: [0.1118e-7, -0.7451e-8, -0.5961e-7, 0.1192e-6],
  beta: [0.1167e6, -0.2294e6, -0.1311e6, 0.1049e7],
};

const L1 = 1575.42e6;

/**
 * Ionospheric group delay in metres at a carrier frequency (IS-GPS-200, figure 20-4; the L1 delay scaled by the
 * inverse square of the frequency). Angles in radians.
 */
export function ionosphericDelay(
  model: Klobuchar,
  at: Gpst,
  latitude: number,
  longitude: number,
  azimuth: number,
  elevation: number,
  frequency: number,
): number {
  const e = elevation / Math.PI;
  const psi = 0.0137 / (e + 0.11) - 0.022;
  const lat = Math.min(0.416, Math.max(-0.416, latitude / Math.PI + psi * Math.cos(azimuth)));
  const lon = longitude / Math.PI + (psi * Math.sin(azimuth)) / Math.cos(lat * Math.PI);
  const geomagnetic = lat + 0.064 * Math.cos((lon - 1.617) * Math.PI);
  const local = 43_200 * lon + at;
  const time = local - Math.floor(local / SECONDS_PER_DAY) * SECONDS_PER_DAY;
  const amplitude = Math.max(0, polynomial(model.alpha, geomagnetic));
  const period = Math.max(72_000, polynomial(model.beta, geomagnetic));
  const phase = (2 * Math.PI * (time - 50_400)) / period;
  const daytime = Math.abs(phase) < 1.57 ? amplitude * (1 - phase ** 2 / 2 + phase ** 4 / 24) : 0;
  const slant = 1 + 16 * (0.53 - e) ** 3;
  return SPEED_OF_LIGHT * slant * (5e-9 + daytime) * (L1 / frequency) ** 2;
}

function polynomial([a, b, c, d]: Four, x: number): number {
  return a + x * (b + x * (c + x * d));
}
