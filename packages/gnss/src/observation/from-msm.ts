import type { MsmCell, MsmMessage } from '../rtcm3/msm.ts';
import { msmSignal } from '../rtcm3/msm-signals.ts';
import type { GnssSystem, SatelliteId } from '../satellite.ts';
import { carrierFrequency, SPEED_OF_LIGHT } from '../signal.ts';
import type { GnssObservation } from './observation-set.ts';

/** Observation codes of a signal and its wavelength, where that does not depend on the satellite. */
interface SignalCodes {
  readonly signal: string;
  readonly pseudorange: string;
  readonly phase: string;
  readonly doppler: string;
  readonly strength: string;
  readonly wavelength: number | undefined;
}

/** By system and signal mask position, made once. */
const CODES = new Map<GnssSystem, readonly (SignalCodes | undefined)[]>(
  (['G', 'R', 'E', 'S', 'J', 'C', 'I'] as const).map((system) => [
    system,
    Array.from({ length: 33 }, (_, position) => {
      const signal = msmSignal(system, position);
      if (signal === undefined) return undefined;
      const frequency = carrierFrequency(system, signal);
      return {
        signal,
        pseudorange: `C${signal}`,
        phase: `L${signal}`,
        doppler: `D${signal}`,
        strength: `S${signal}`,
        wavelength: frequency && SPEED_OF_LIGHT / frequency,
      };
    }),
  ]),
);

/**
 * Observations of an MSM by satellite. Phase and Doppler need the carrier's wavelength and are left out where it is
 * not known (GLONASS from MSM4 and MSM6); cells of unknown signals are left out altogether.
 */
export function observationsFromMsm(message: MsmMessage): GnssObservation[] {
  const table = CODES.get(message.system) ?? [];
  const list: GnssObservation[] = [];
  let sat: SatelliteId | undefined;
  let obsCodeSet: string[] = [];
  let ob: number[] = [];
  for (const cell of message.cells) {
    const codes = table[cell.signalPosition];
    if (codes === undefined) continue;
    if (cell.sat !== sat) {
      // A satellite whose values are all invalid was not observed.
      if (sat !== undefined && ob.length > 0) list.push({ gnssSatId: sat, obsCodeSet, ob });
      sat = cell.sat;
      obsCodeSet = [];
      ob = [];
    }
    append(obsCodeSet, ob, cell, codes, codes.wavelength ?? fdmaWavelength(message, cell, codes.signal));
  }
  if (sat !== undefined && ob.length > 0) list.push({ gnssSatId: sat, obsCodeSet, ob });
  return list;
}

function append(
  obsCodeSet: string[],
  ob: number[],
  { pseudorange, phaseRange, phaseRangeRate, cnr }: MsmCell,
  codes: SignalCodes,
  wavelength: number | undefined,
): void {
  if (pseudorange !== undefined) {
    obsCodeSet.push(codes.pseudorange);
    ob.push(pseudorange);
  }
  if (phaseRange !== undefined && wavelength !== undefined) {
    obsCodeSet.push(codes.phase);
    ob.push(phaseRange / wavelength);
  }
  if (phaseRangeRate !== undefined && wavelength !== undefined) {
    obsCodeSet.push(codes.doppler);
    // A range that grows lowers the frequency received.
    ob.push(-phaseRangeRate / wavelength);
  }
  if (cnr !== undefined) {
    obsCodeSet.push(codes.strength);
    ob.push(cnr);
  }
}

/** GLONASS channels are sent plus seven (DF419), 14 and 15 are none. */
const GLONASS_CHANNEL_SHIFT = 7;

function fdmaWavelength(message: MsmMessage, cell: MsmCell, signal: string): number | undefined {
  const extended = message.satellites.find((satellite) => satellite.sat === cell.sat)?.extended;
  if (extended === undefined || extended > 13) return undefined;
  const frequency = carrierFrequency(message.system, signal, extended - GLONASS_CHANNEL_SHIFT);
  return frequency && SPEED_OF_LIGHT / frequency;
}
