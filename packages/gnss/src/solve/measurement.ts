import type { BroadcastEphemeris } from '../ephemeris/ephemeris.ts';
import type { EphemerisRefusal, EphemerisStore } from '../ephemeris/ephemeris-store.ts';
import { earthModel, satelliteState } from '../ephemeris/satellite-state.ts';
import { directionFromEnu, enuFromEcef, type Geodetic, type Vector3 } from '../geodesy.ts';
import { type GnssObservation, observed } from '../observation/observation-set.ts';
import { type SatelliteId, systemOf } from '../satellite.ts';
import { carrierFrequency, SPEED_OF_LIGHT } from '../signal.ts';
import type { Gpst } from '../time/time-scale.ts';
import { ionosphericDelay, type Klobuchar } from './klobuchar.ts';
import { troposphericDelay } from './saastamoinen.ts';

/** Systems whose broadcast ephemerides are computed here. */
export type SolvableSystem = BroadcastEphemeris['system'];

/** Why a satellite took no part in a solution. */
export type Exclusion =
  | EphemerisRefusal
  /** Not among the systems asked for, or none whose orbits are computed. */
  | 'system-not-used'
  /** No pseudorange of a signal whose group delay is known. */
  | 'no-pseudorange'
  | 'pseudorange-implausible'
  | 'below-mask'
  /** Its residual contradicts the other satellites. */
  | 'outlier'
  /** The only one of its system: it would determine nothing but its own clock offset. */
  | 'no-redundancy';

/** One pseudorange ready for adjustment. */
export interface Measurement {
  readonly sat: SatelliteId;
  readonly system: SolvableSystem;
  readonly frequency: number;
  /** Pseudorange plus satellite clock less group delay, metres. */
  readonly range: number;
  /** At transmission, Earth-fixed of that instant. */
  readonly position: Vector3;
  /** Rotation rate of the system's Earth, rad/s. */
  readonly rotation: number;
  /** Range accuracy of the broadcast ephemeris, metres. */
  readonly accuracy: number;
  /** Of the satellite, m/s. */
  readonly velocity: Vector3;
  /** Rate of the pseudorange by Doppler, plus that of the satellite clock, m/s; undefined without Doppler. */
  readonly rangeRate: number | undefined;
}

/** Signals by preference. BDS B1C and B2 carry group delays that D1 and D2 do not give for BDS-3. */
const SIGNALS: Readonly<Record<SolvableSystem, readonly string[]>> = {
  G: ['1C', '1W', '1P', '1X', '1L', '1S'],
  C: ['2I', '2X', '2Q', '6I', '6X', '6Q'],
};

/** Metres. Light takes from 63 ms to 140 ms; receiver clocks may be off by tens of milliseconds. */
const MIN_PSEUDORANGE = 5e6;
const MAX_PSEUDORANGE = 8e7;

export function isSolvable(system: string): system is SolvableSystem {
  return system in SIGNALS;
}

/**
 * Group delay in seconds to subtract from the broadcast clock for a signal: TGD for GPS L1 (IS-GPS-200,
 * 20.3.3.3.3.2), TGD1 for B1I and none for B3I, to which the BDS clock refers (BDS-SIS-ICD-B1I 3.0, 5.2.4.10).
 */
export function groupDelay(ephemeris: BroadcastEphemeris, signal: string): number {
  if (ephemeris.system === 'G') return ephemeris.tgd;
  return signal.startsWith('6') ? 0 : ephemeris.tgd1;
}

/** Makes an observation ready for adjustment, or says why it cannot be used. */
export function measure(
  observation: GnssObservation,
  at: Gpst,
  store: EphemerisStore,
  systems: readonly SolvableSystem[],
): Measurement | Exclusion {
  const sat = observation.gnssSatId;
  const system = systemOf(sat);
  if (!isSolvable(system) || !systems.includes(system)) return 'system-not-used';
  const signal = SIGNALS[system].find((candidate) => observed(observation, `C${candidate}`) !== undefined);
  const pseudorange = signal === undefined ? undefined : observed(observation, `C${signal}`);
  const frequency = signal === undefined ? undefined : carrierFrequency(system, signal);
  if (signal === undefined || pseudorange === undefined || frequency === undefined) return 'no-pseudorange';
  if (!(pseudorange > MIN_PSEUDORANGE && pseudorange < MAX_PSEUDORANGE)) return 'pseudorange-implausible';
  const choice = store.select(sat, at);
  if ('refused' in choice) return choice.refused;
  const { ephemeris } = choice;

  // The satellite's own clock dates the transmission; its error is microseconds to a millisecond.
  const first = satelliteState(ephemeris, at, -pseudorange / SPEED_OF_LIGHT);
  const flight = pseudorange / SPEED_OF_LIGHT + first.clock;
  const { position, velocity, clock, clockRate } = satelliteState(ephemeris, at, -flight);
  const doppler = observed(observation, `D${signal}`);
  return {
    sat,
    system,
    frequency,
    range: pseudorange + SPEED_OF_LIGHT * (clock - groupDelay(ephemeris, signal)),
    position,
    rotation: earthModel(system).rotation,
    accuracy: ephemeris.accuracy ?? 0,
    velocity,
    rangeRate: doppler === undefined ? undefined : SPEED_OF_LIGHT * (clockRate - doppler / frequency),
  };
}

/** Straight-line range with the Earth's turning during the flight (Sagnac term), and the unit vector to the satellite. */
export function geometricRange(
  satellite: Vector3,
  receiver: Vector3,
  rotation: number,
): { range: number; toward: Vector3 } {
  const dx = satellite[0] - receiver[0];
  const dy = satellite[1] - receiver[1];
  const dz = satellite[2] - receiver[2];
  const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
  const sagnac = (rotation * (satellite[0] * receiver[1] - satellite[1] * receiver[0])) / SPEED_OF_LIGHT;
  return { range: distance + sagnac, toward: [dx / distance, dy / distance, dz / distance] };
}

/** Atmospheric delay of a direction and how far it may be off, metres. */
export interface Atmosphere {
  readonly azimuth: number;
  readonly elevation: number;
  readonly ionosphere: number;
  readonly troposphere: number;
}

export function atmosphere(
  place: Geodetic,
  toward: Vector3,
  at: Gpst,
  frequency: number,
  klobuchar: Klobuchar,
): Atmosphere {
  const { azimuth, elevation } = directionFromEnu(enuFromEcef(place, toward));
  const latitude = (place.lat * Math.PI) / 180;
  const longitude = (place.lon * Math.PI) / 180;
  return {
    azimuth,
    elevation,
    ionosphere: ionosphericDelay(klobuchar, at, latitude, longitude, azimuth, elevation, frequency),
    troposphere: troposphericDelay(latitude, place.heightEllipsoidal, elevation),
  };
}

/**
 * Variance of a pseudorange's misclosure, m²: ephemeris, half of the ionosphere modelled, 0.3 m of the zenith
 * troposphere mapped down, 0.3 m of code bias, 0.3 m of noise and as much again over the sine of the elevation.
 */
export function variance(accuracy: number, { elevation, ionosphere }: Atmosphere): number {
  const sine = Math.sin(Math.max(elevation, Math.PI / 36));
  return accuracy ** 2 + (ionosphere / 2) ** 2 + (0.3 / (sine + 0.1)) ** 2 + 0.18 + 0.09 / sine;
}
