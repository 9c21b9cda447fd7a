import type { SatelliteId } from '../satellite.ts';
import { type Gpst, gpstFromUtc, utcMillis } from '../time/time-scale.ts';

/** What a receiver measured of one satellite, in the terms of the Unified Data Library's gnssObservationSet. */
export interface GnssObservation {
  /** RINEX designation, `C19`. */
  readonly gnssSatId: SatelliteId;
  /** RINEX 3 observation codes, `C2I`: C pseudorange, L carrier phase, D Doppler, S signal strength. */
  readonly obsCodeSet: readonly string[];
  /** Their values in the same order: C in metres, L in cycles, D in Hz, S in dB-Hz. */
  readonly ob: readonly number[];
}

/** All observations of one receiver at one epoch. */
export interface GnssObservationSet {
  /** Epoch by the receiver's clock, UTC, ISO 8601 with Z. */
  readonly ts: string;
  readonly receiver: string;
  readonly gnssObservationList: readonly GnssObservation[];
}

/** Value of one observation code; undefined where the satellite has none. */
export function observed(observation: GnssObservation, code: string): number | undefined {
  const at = observation.obsCodeSet.indexOf(code);
  return at < 0 ? undefined : observation.ob[at];
}

/** Epoch of an observation set as GPST; undefined where `ts` is no instant. Resolves microseconds. */
export function epochOf(set: Pick<GnssObservationSet, 'ts'>): Gpst | undefined {
  const milliseconds = Date.parse(set.ts);
  if (Number.isNaN(milliseconds)) return undefined;
  // Date.parse cuts after the milliseconds.
  const micros = /\.\d{3}(\d{3})\d*Z$/.exec(set.ts)?.[1];
  return gpstFromUtc(utcMillis(milliseconds + Number(micros ?? 0) / 1e3));
}
