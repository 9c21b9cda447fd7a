import type { BroadcastEphemeris } from '../ephemeris/ephemeris.ts';
import type { EphemerisStore } from '../ephemeris/ephemeris-store.ts';
import { earthModel, satelliteState } from '../ephemeris/satellite-state.ts';
import { type Geodetic, geodeticFromEcef, type Vector3 } from '../geodesy.ts';
import type { GnssObservation, GnssObservationSet } from '../observation/observation-set.ts';
import type { SatelliteId } from '../satellite.ts';
import { carrierFrequency, SPEED_OF_LIGHT } from '../signal.ts';
import { DEFAULT_KLOBUCHAR, type Klobuchar } from '../solve/klobuchar.ts';
import { atmosphere, geometricRange, groupDelay, type SolvableSystem } from '../solve/measurement.ts';
import { type Gpst, isoFromGpst } from '../time/time-scale.ts';

/** A receiver as it really is, and the sky as it really is above it. */
export interface SimulationInput {
  /** Name for `gnssObservationSet.receiver`. */
  readonly receiver: string;
  /** Epoch by the receiver's clock. */
  readonly gpst: Gpst;
  /** Antenna at that epoch, Earth-fixed, metres. */
  readonly receiverEcef: Vector3;
  /** Earth-fixed, m/s; by default at rest. */
  readonly receiverVelocity?: Vector3;
  readonly ephemerides: EphemerisStore;
  /** Receiver clock less GPST, seconds, and its rate; by default zero. */
  readonly clockBias?: number;
  readonly clockDrift?: number;
  /** What the receiver adds to BDS ranges against GPS ones, metres. */
  readonly interSystemBias?: number;
  /** The real ionosphere; by default the one that `solvePosition` assumes. */
  readonly klobuchar?: Klobuchar;
  /** Degrees; by default 5. */
  readonly elevationMask?: number;
  /** By system, RINEX band and attribute; by default C/A and B1I. */
  readonly signals?: Readonly<Partial<Record<SolvableSystem, readonly string[]>>>;
  /** Uniform in [0, 1), the caller's; without it there is no noise. */
  readonly random?: () => number;
  /** Attenuation or jamming of a satellite in dB; by default none. Below 20 dB-Hz a satellite is lost. */
  readonly cnrLoss?: (sat: SatelliteId) => number;
}

const DEFAULT_SIGNALS = { G: ['1C'], C: ['2I', '6I'] } as const;

/** dB-Hz at which tracking is lost. */
const TRACKING_THRESHOLD = 20;

/** Standard deviations at 45 dB-Hz: pseudorange and phase in metres, range rate in m/s, C/N0 in dB. */
const NOISE = { pseudorange: 0.4, phase: 0.002, rate: 0.02, cnr: 0.3 };

/**
 * What a receiver would measure: pseudorange, carrier phase, Doppler and C/N0 from broadcast orbits, clocks and
 * group delays, Klobuchar ionosphere and Saastamoinen troposphere. It is the inverse of `solvePosition`, which finds
 * the position again to the millimetre where there is no noise and the atmosphere is the one assumed.
 *
 * ```ts
 * const ephemerides = new EphemerisStore(designConstellation(gpst));
 * const set = simulateObservations({ receiver: 'exercise', gpst, receiverEcef, ephemerides });
 * ```
 */
export function simulateObservations(input: SimulationInput): GnssObservationSet {
  const gnssObservationList: GnssObservation[] = [];
  const place = geodeticFromEcef(input.receiverEcef);
  const mask = ((input.elevationMask ?? 5) * Math.PI) / 180;
  for (const sat of input.ephemerides.satellites()) {
    const choice = input.ephemerides.select(sat, input.gpst);
    if ('refused' in choice) continue;
    const observation = observe(input, place, mask, choice.ephemeris);
    if (observation !== undefined) gnssObservationList.push(observation);
  }
  return { ts: isoFromGpst(input.gpst), receiver: input.receiver, gnssObservationList };
}

function observe(
  input: SimulationInput,
  place: Geodetic,
  mask: number,
  ephemeris: BroadcastEphemeris,
): GnssObservation | undefined {
  const now = path(input, ephemeris, 0);
  const klobuchar = input.klobuchar ?? DEFAULT_KLOBUCHAR;
  const obsCodeSet: string[] = [];
  const ob: number[] = [];
  for (const signal of (input.signals ?? DEFAULT_SIGNALS)[ephemeris.system] ?? []) {
    const frequency = carrierFrequency(ephemeris.system, signal);
    if (frequency === undefined) continue;
    const air = atmosphere(place, now.toward, input.gpst, frequency, klobuchar);
    const cnr = carrierToNoise(air.elevation) - (input.cnrLoss?.(ephemeris.sat) ?? 0);
    if (air.elevation < mask || !(cnr >= TRACKING_THRESHOLD)) return undefined;
    // Thermal noise grows with the inverse of the amplitude.
    const noisy = (deviation: number): number =>
      input.random === undefined ? 0 : normal(input.random) * deviation * 10 ** ((45 - cnr) / 20);
    const lambda = SPEED_OF_LIGHT / frequency;
    const phaseAt = (after: number): number => {
      const { length, toward, receiver } = path(input, ephemeris, after);
      const then = atmosphere(geodeticFromEcef(receiver), toward, input.gpst, frequency, klobuchar);
      return length + then.troposphere - then.ionosphere;
    };
    const rate = phaseAt(0.5) - phaseAt(-0.5);
    const delay = SPEED_OF_LIGHT * groupDelay(ephemeris, signal);
    const pseudorange = now.length + delay + air.troposphere + air.ionosphere + noisy(NOISE.pseudorange);
    const phase = now.length + air.troposphere - air.ionosphere + noisy(NOISE.phase);
    obsCodeSet.push(`C${signal}`, `L${signal}`, `D${signal}`, `S${signal}`);
    const shown = input.random === undefined ? cnr : cnr + normal(input.random) * NOISE.cnr;
    ob.push(pseudorange, phase / lambda, -(rate + noisy(NOISE.rate)) / lambda, Math.round(shown * 4) / 4);
  }
  return obsCodeSet.length === 0 ? undefined : { gnssSatId: ephemeris.sat, obsCodeSet, ob };
}

/** Range with all clocks but without atmosphere and group delay, some seconds after the epoch, metres. */
function path(
  input: SimulationInput,
  ephemeris: BroadcastEphemeris,
  after: number,
): { length: number; toward: Vector3; receiver: Vector3 } {
  const bias = (input.clockBias ?? 0) + (input.clockDrift ?? 0) * after;
  const [vx, vy, vz] = input.receiverVelocity ?? [0, 0, 0];
  const [x, y, z] = input.receiverEcef;
  const receiver: Vector3 = [x + vx * after, y + vy * after, z + vz * after];
  const { rotation } = earthModel(ephemeris.system);
  let flight = 0.08;
  let found = { range: 0, toward: [0, 0, 1] as Vector3 };
  let clock = 0;
  // The true instant of reception is the clock's reading less its error; each pass gains five digits.
  for (let step = 0; step < 4; step++) {
    const state = satelliteState(ephemeris, input.gpst, after - bias - flight);
    found = geometricRange(state.position, receiver, rotation);
    clock = state.clock;
    flight = found.range / SPEED_OF_LIGHT;
  }
  const system = ephemeris.system === 'C' ? (input.interSystemBias ?? 0) : 0;
  return { length: found.range + SPEED_OF_LIGHT * (bias - clock) + system, toward: found.toward, receiver };
}

/** Typical of a geodetic antenna: 34 dB-Hz at the horizon, 51 in the zenith. */
function carrierToNoise(elevation: number): number {
  return 34 + 17 * Math.sin(Math.max(0, elevation));
}

/** A normal deviate after Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
