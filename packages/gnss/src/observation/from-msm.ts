import type { MsmCell, MsmMessage } from '../rtcm3/msm.ts';
import type { SatelliteId } from '../satellite.ts';
import { carrierFrequency, SPEED_OF_LIGHT } from '../signal.ts';
import type { GnssObservation } from './observation-set.ts';

/**
 * Observations of an MSM by satellite. Phase and Doppler need the carrier's wavelength and are left out where it is
 * not known (GLONASS from MSM4 and MSM6); cells of unknown signals are left out altogether.
 */
export function observationsFromMsm(message: MsmMessage): GnssObservation[] {
  const list: GnssObservation[] = [];
  let sat: SatelliteId | undefined;
  let codes: string[] = [];
  let values: number[] = [];
  for (const cell of message.cells) {
    if (cell.signal === undefined) continue;
    if (cell.sat !== sat) {
      codes = [];
      values = [];
      sat = cell.sat;
      list.push({ gnssSatId: sat, obsCodeSet: codes, ob: values });
    }
    append(codes, values, cell, cell.signal, wavelength(message, cell, cell.signal));
  }
  return list.filter((observation) => observation.ob.length > 0);
}

function append(
  codes: string[],
  values: number[],
  cell: MsmCell,
  signal: string,
  lambda: number | undefined,
): void {
  const { pseudorange, phaseRange, phaseRangeRate, cnr } = cell;
  if (pseudorange !== undefined) {
    codes.push(`C${signal}`);
    values.push(pseudorange);
  }
  if (phaseRange !== undefined && lambda !== undefined) {
    codes.push(`L${signal}`);
    values.push(phaseRange / lambda);
  }
  if (phaseRangeRate !== undefined && lambda !== undefined) {
    codes.push(`D${signal}`);
    // A range that grows lowers the frequency received.
    values.push(-phaseRangeRate / lambda);
  }
  if (cnr !== undefined) {
    codes.push(`S${signal}`);
    values.push(cnr);
  }
}

/** GLONASS channels are sent plus seven (DF419), 14 and 15 are none. */
const GLONASS_CHANNEL_SHIFT = 7;

function wavelength(message: MsmMessage, cell: MsmCell, signal: string): number | undefined {
  let channel: number | undefined;
  if (message.system === 'R') {
    const extended = message.satellites.find((satellite) => satellite.sat === cell.sat)?.extended;
    if (extended !== undefined && extended <= 13) channel = extended - GLONASS_CHANNEL_SHIFT;
  }
  const frequency = carrierFrequency(message.system, signal, channel);
  return frequency && SPEED_OF_LIGHT / frequency;
}
