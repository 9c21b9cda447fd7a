import { GnssError } from '../error.ts';
import { encodeMessage } from '../rtcm3/message.ts';
import {
  lockIndicator,
  MAX_CELLS,
  type MsmCell,
  type MsmMessage,
  type MsmSatellite,
  RANGE_MILLISECOND,
  ROUGH_RANGE_UNIT,
} from '../rtcm3/msm.ts';
import { type MsmVariant, msmSignalPosition, msmType } from '../rtcm3/msm-signals.ts';
import { type GnssSystem, type SatelliteId, systemOf } from '../satellite.ts';
import { carrierFrequency, SPEED_OF_LIGHT } from '../signal.ts';
import { bdtFromGpst, type Gpst, utcFromGpst, weekAndSecond } from '../time/time-scale.ts';
import { epochOf, type GnssObservation, type GnssObservationSet, observed } from './observation-set.ts';

export interface MsmOptions {
  /** DF003, 0 to 4095. */
  readonly station: number;
  /** By default MSM7. */
  readonly variant?: MsmVariant;
  /** Epoch; by default read from `set.ts`. MSMs resolve milliseconds. */
  readonly gpst?: Gpst;
  /** Milliseconds for which a signal has been tracked without loss; by default the longest that can be told. */
  readonly lockTime?: (sat: SatelliteId, signal: string) => number;
}

const SYSTEM_ORDER: readonly GnssSystem[] = ['G', 'R', 'E', 'S', 'J', 'C', 'I'];

/**
 * An observation set as MSMs, one a system (more where a system has over 64 cells), the multiple message bit set on
 * all but the last. Doppler is carried by MSM5 and MSM7 only.
 *
 * @throws GnssError `argument` for a set without epoch, `encode-unsupported` for a signal that MSMs have no place
 *   for, `encode-range` for phases that lie over a kilometre from their pseudoranges
 */
export function msmMessages(set: GnssObservationSet, options: MsmOptions): MsmMessage[] {
  const gpst = options.gpst ?? epochOf(set);
  if (gpst === undefined) throw new GnssError('argument', `'${set.ts}' is no instant of time`);
  const variant = options.variant ?? 7;
  const messages: MsmMessage[] = [];
  for (const system of SYSTEM_ORDER) {
    const observations = set.gnssObservationList.filter((o) => systemOf(o.gnssSatId) === system);
    const signals = new Set(observations.flatMap((o) => o.obsCodeSet.map((code) => code.slice(1))));
    const perMessage = Math.max(1, Math.floor(MAX_CELLS / Math.max(1, signals.size)));
    for (let from = 0; from < observations.length; from += perMessage) {
      const parts = observations
        .slice(from, from + perMessage)
        .map((o) => satellitePart(o, variant, options));
      messages.push({
        kind: 'msm',
        type: msmType(system, variant),
        system,
        variant,
        station: options.station,
        epochField: epochField(system, gpst),
        multiple: true,
        iods: 0,
        reserved: 0,
        clockSteering: 0,
        externalClock: 0,
        smoothing: false,
        smoothingInterval: 0,
        satellites: parts.map((part) => part.satellite),
        cells: parts.flatMap((part) => part.cells),
      });
    }
  }
  const last = messages.pop();
  return last === undefined ? [] : [...messages, { ...last, multiple: false }];
}

/** The same as frames ready to be sent. */
export function encodeObservations(set: GnssObservationSet, options: MsmOptions): Uint8Array[] {
  return msmMessages(set, options).map(encodeMessage);
}

function satellitePart(
  observation: GnssObservation,
  variant: MsmVariant,
  options: MsmOptions,
): { satellite: MsmSatellite; cells: MsmCell[] } {
  const sat = observation.gnssSatId;
  const system = systemOf(sat);
  const cells: MsmCell[] = [];
  for (const signal of new Set(observation.obsCodeSet.map((code) => code.slice(1)))) {
    const signalPosition = msmSignalPosition(system, signal);
    if (signalPosition === undefined) {
      throw new GnssError('encode-unsupported', `an MSM of system ${system} has no signal ${signal}`);
    }
    const frequency = carrierFrequency(system, signal);
    const metres = (cycles: number | undefined): number | undefined =>
      frequency === undefined || cycles === undefined ? undefined : (cycles * SPEED_OF_LIGHT) / frequency;
    const doppler = metres(observed(observation, `D${signal}`));
    cells.push({
      sat,
      signalPosition,
      signal,
      pseudorange: observed(observation, `C${signal}`),
      phaseRange: metres(observed(observation, `L${signal}`)),
      phaseRangeRate: doppler === undefined ? undefined : -doppler,
      cnr: observed(observation, `S${signal}`),
      lockIndicator: lockIndicator(variant, options.lockTime?.(sat, signal) ?? Number.POSITIVE_INFINITY),
      halfCycle: false,
    });
  }
  return { satellite: roughPart(sat, variant, cells), cells };
}

/** Rough parts such that the first signal's fine ones are smallest. */
function roughPart(sat: SatelliteId, variant: MsmVariant, cells: readonly MsmCell[]): MsmSatellite {
  const range = cells.map((cell) => cell.pseudorange ?? cell.phaseRange).find((value) => value !== undefined);
  const rate = cells.map((cell) => cell.phaseRangeRate).find((value) => value !== undefined);
  const rates = variant === 5 || variant === 7;
  return {
    sat,
    roughRange:
      range === undefined
        ? undefined
        : Math.round(range / RANGE_MILLISECOND / ROUGH_RANGE_UNIT) * ROUGH_RANGE_UNIT,
    extended: rates ? (systemOf(sat) === 'R' ? 15 : 0) : undefined,
    roughRate: rates && rate !== undefined ? Math.round(rate) : undefined,
  };
}

const MOSCOW_MILLIS = 3 * 3_600_000;
const DAY_MILLIS = 86_400_000;

/** Milliseconds of the system's own week, or GLONASS day and time of day. */
function epochField(system: GnssSystem, gpst: Gpst): number {
  if (system === 'R') {
    const moscow = Math.round(utcFromGpst(gpst)) + MOSCOW_MILLIS;
    // 1970-01-01 was a Thursday; DF416 counts from Sunday.
    const dayOfWeek = (Math.floor(moscow / DAY_MILLIS) + 4) % 7;
    return dayOfWeek * 2 ** 27 + (moscow % DAY_MILLIS);
  }
  const { second } = weekAndSecond(system === 'C' ? bdtFromGpst(gpst) : gpst);
  return Math.round(second * 1e3) % 604_800_000;
}
