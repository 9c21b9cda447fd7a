import type { SatelliteId } from '../satellite.ts';
import type { Gpst } from '../time/time-scale.ts';

/** Keplerian elements with their harmonic corrections at `toe`: radians, metres, seconds. */
export interface BroadcastElements {
  /** Square root of the semi-major axis, m^½. */
  readonly sqrtA: number;
  readonly e: number;
  readonly i0: number;
  /** Longitude of the ascending node at the beginning of the week. */
  readonly omega0: number;
  /** Argument of perigee. */
  readonly omega: number;
  /** Mean anomaly at toe. */
  readonly m0: number;
  readonly deltaN: number;
  readonly idot: number;
  readonly omegaDot: number;
  /** Corrections to the argument of latitude (rad), the radius (m) and the inclination (rad). */
  readonly cuc: number;
  readonly cus: number;
  readonly crc: number;
  readonly crs: number;
  readonly cic: number;
  readonly cis: number;
}

interface EphemerisBase extends BroadcastElements {
  readonly sat: SatelliteId;
  /** Reference time of the orbit, GPST for every system. */
  readonly toe: Gpst;
  /** Reference time of the clock, GPST for every system. */
  readonly toc: Gpst;
  /** Clock polynomial about toc: s, s/s, s/s². */
  readonly af0: number;
  readonly af1: number;
  readonly af2: number;
  /** As broadcast; zero is healthy. */
  readonly health: number;
  /** User range accuracy in metres; undefined where the system predicts none (index 15). */
  readonly accuracy: number | undefined;
}

/** GPS legacy navigation message (IS-GPS-200, 20.3.3). */
export interface GpsEphemeris extends EphemerisBase {
  readonly system: 'G';
  readonly iode: number;
  readonly iodc: number;
  /** Group delay of L1 C/A and L1 P(Y), s: clock of L1 = clock − TGD. */
  readonly tgd: number;
  readonly codeOnL2: number;
  readonly l2pDataOff: boolean;
  /** Fitted over more than four hours. */
  readonly extendedFit: boolean;
}

/** BDS D1 or D2 navigation message (BDS-SIS-ICD-B1I 3.0, 5.2.4 and 5.3.2). */
export interface BdsEphemeris extends EphemerisBase {
  readonly system: 'C';
  /** Age of data of the ephemeris and of the clock, 0 to 31 (tables 5-6 and 5-8). */
  readonly aode: number;
  readonly aodc: number;
  /** Group delays of B1I and B2I against B3I, s: clock of B1I = clock − TGD1. */
  readonly tgd1: number;
  readonly tgd2: number;
}

export type BroadcastEphemeris = GpsEphemeris | BdsEphemeris;

/** User range accuracy by index (IS-GPS-200, 20.3.3.3.1.3; BDS-SIS-ICD-B1I 3.0, table 5-5), metres. */
const ACCURACIES = [2.4, 3.4, 4.85, 6.85, 9.65, 13.65, 24, 48, 96, 192, 384, 768, 1536, 3072, 6144];

/** Metres of a user range accuracy index 0 to 15; undefined for 15, no prediction. */
export function accuracyFromIndex(index: number): number | undefined {
  return ACCURACIES[index];
}

/** Smallest index whose bound is not below the accuracy. */
export function accuracyIndex(accuracy: number | undefined): number {
  const index = accuracy === undefined ? -1 : ACCURACIES.findIndex((bound) => bound >= accuracy);
  return index < 0 ? 15 : index;
}

/**
 * Age of BDS navigation data at its reference time in hours by AODE or AODC: up to 24 in hours, from 25 in days
 * of which only the lower bound is known (BDS-SIS-ICD-B1I 3.0, tables 5-6 and 5-8).
 */
export function bdsAgeOfDataHours(index: number): number {
  return index < 25 ? index : (index - 23) * 24;
}
