import type { GnssSystem } from './satellite.ts';

/** Speed of light in vacuum, m/s (IS-GPS-200, 20.3.4.3). */
export const SPEED_OF_LIGHT = 299_792_458;

/** Carrier frequencies in Hz by RINEX band digit (RINEX 3.05, tables 4 to 10). */
const BANDS: Readonly<Record<GnssSystem, Readonly<Record<string, number>>>> = {
  G: { 1: 1575.42e6, 2: 1227.6e6, 5: 1176.45e6 },
  // G1 and G2 are FDMA: their frequency needs the satellite's channel.
  R: { 3: 1202.025e6, 4: 1600.995e6, 6: 1248.06e6 },
  E: { 1: 1575.42e6, 5: 1176.45e6, 6: 1278.75e6, 7: 1207.14e6, 8: 1191.795e6 },
  J: { 1: 1575.42e6, 2: 1227.6e6, 5: 1176.45e6, 6: 1278.75e6 },
  C: { 1: 1575.42e6, 2: 1561.098e6, 5: 1176.45e6, 6: 1268.52e6, 7: 1207.14e6, 8: 1191.795e6 },
  S: { 1: 1575.42e6, 5: 1176.45e6 },
  I: { 1: 1575.42e6, 5: 1176.45e6, 9: 2492.028e6 },
};

/** GLONASS FDMA channels reach from −7 to +6 (GLONASS ICD 5.1, 3.3.1.1). */
const GLONASS_FDMA: Readonly<Record<string, readonly [base: number, step: number]>> = {
  1: [1602e6, 562.5e3],
  2: [1246e6, 437.5e3],
};

/**
 * Carrier frequency in Hz of a signal such as `2I` or `1C`; undefined for an unknown band, and for the GLONASS
 * FDMA bands without their channel.
 */
export function carrierFrequency(
  system: GnssSystem,
  signal: string,
  glonassChannel?: number,
): number | undefined {
  const band = signal.charAt(0);
  if (system === 'R') {
    const fdma = GLONASS_FDMA[band];
    if (fdma !== undefined)
      return glonassChannel === undefined ? undefined : fdma[0] + fdma[1] * glonassChannel;
  }
  return BANDS[system][band];
}
