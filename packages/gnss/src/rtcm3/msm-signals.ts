import { type GnssSystem, numberOf, type SatelliteId, satelliteId } from '../satellite.ts';

/** MSM message numbers are this base plus the variant 1 to 7 (RTCM 10403.3, table 3.5-77). */
const BASES: Readonly<Record<GnssSystem, number>> = {
  G: 1070,
  R: 1080,
  E: 1090,
  S: 1100,
  J: 1110,
  C: 1120,
  I: 1130,
};

const SYSTEM_BY_BASE = new Map(Object.entries(BASES).map(([system, base]) => [base, system as GnssSystem]));

/**
 * Signals by mask position 1 to 32 as RINEX band and attribute (RTCM 10403.3, tables 3.5-91, 3.5-96, 3.5-99,
 * 3.5-102, 3.5-105, 3.5-108; BDS B2a and B2b and NavIC from its amendments).
 */
const SIGNALS: Readonly<Record<GnssSystem, Readonly<Record<number, string>>>> = {
  G: {
    2: '1C',
    3: '1P',
    4: '1W',
    8: '2C',
    9: '2P',
    10: '2W',
    15: '2S',
    16: '2L',
    17: '2X',
    22: '5I',
    23: '5Q',
    24: '5X',
    30: '1S',
    31: '1L',
    32: '1X',
  },
  R: { 2: '1C', 3: '1P', 8: '2C', 9: '2P' },
  E: {
    2: '1C',
    3: '1A',
    4: '1B',
    5: '1X',
    6: '1Z',
    8: '6C',
    9: '6A',
    10: '6B',
    11: '6X',
    12: '6Z',
    14: '7I',
    15: '7Q',
    16: '7X',
    18: '8I',
    19: '8Q',
    20: '8X',
    22: '5I',
    23: '5Q',
    24: '5X',
  },
  S: { 2: '1C', 22: '5I', 23: '5Q', 24: '5X' },
  J: {
    2: '1C',
    9: '6S',
    10: '6L',
    11: '6X',
    15: '2S',
    16: '2L',
    17: '2X',
    22: '5I',
    23: '5Q',
    24: '5X',
    30: '1S',
    31: '1L',
    32: '1X',
  },
  C: {
    2: '2I',
    3: '2Q',
    4: '2X',
    8: '6I',
    9: '6Q',
    10: '6X',
    14: '7I',
    15: '7Q',
    16: '7X',
    22: '5D',
    23: '5P',
    24: '5X',
    25: '7D',
    26: '7P',
    27: '7Z',
    30: '1D',
    31: '1P',
    32: '1X',
  },
  I: { 22: '5A' },
};

export type MsmVariant = 4 | 5 | 6 | 7;

/** System and variant of an MSM message number with full observations (MSM4 to MSM7); undefined for others. */
export function msmKind(type: number): { system: GnssSystem; variant: MsmVariant } | undefined {
  const variant = type % 10;
  if (variant < 4 || variant > 7) return undefined;
  const system = SYSTEM_BY_BASE.get(type - variant);
  return system && { system, variant: variant as MsmVariant };
}

export function msmType(system: GnssSystem, variant: MsmVariant): number {
  return BASES[system] + variant;
}

/** RINEX band and attribute of a signal mask position, 1 to 32. */
export function msmSignal(system: GnssSystem, position: number): string | undefined {
  return SIGNALS[system][position];
}

/** Signal mask position of a RINEX band and attribute. */
export function msmSignalPosition(system: GnssSystem, signal: string): number | undefined {
  for (const [position, name] of Object.entries(SIGNALS[system]))
    if (name === signal) return Number(position);
  return undefined;
}

/** SBAS satellites are counted from PRN 120, which RINEX calls S20. */
const SBAS_SHIFT = 19;

const SATELLITES = new Map<string, readonly SatelliteId[]>(
  [...SYSTEM_BY_BASE.values()].map((system) => [
    system,
    Array.from({ length: 65 }, (_, at) => satelliteId(system, system === 'S' ? at + SBAS_SHIFT : at)),
  ]),
);

/** Satellite at a mask position, 1 to 64. */
export function msmSatellite(system: GnssSystem, position: number): SatelliteId {
  return SATELLITES.get(system)?.[position] ?? satelliteId(system, position);
}

/** Satellite mask position, 1 to 64. */
export function msmSatellitePosition(sat: SatelliteId): number {
  return sat[0] === 'S' ? numberOf(sat) - SBAS_SHIFT : numberOf(sat);
}
