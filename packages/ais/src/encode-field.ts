import { AisError } from './error.ts';
import type { DestinationEta } from './message.ts';
import { rawRateOfTurn } from './scale.ts';
import type { SextetWriter } from './sextet-writer.ts';

/** A number that may be absent: left out, or "not available". */
export type Maybe = number | null | undefined;

/** A finite number within bounds, or an `AisError`. */
export function bounded(field: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new AisError('field-range', field, `from ${least} to ${most}, not ${value}`);
}

/** A whole number within bounds; the given raw value where there is none. */
export function whole(field: string, value: Maybe, least: number, most: number, none: number): number {
  if (value === null || value === undefined) return none;
  if (!Number.isInteger(value)) throw new AisError('field-range', field, `a whole number, not ${value}`);
  return bounded(field, value, least, most);
}

/** A number within bounds in steps of 1/unit; the given raw value where there is none. */
function stepped(
  field: string,
  value: Maybe,
  least: number,
  most: number,
  unit: number,
  none: number,
): number {
  if (value === null || value === undefined) return none;
  return Math.round(bounded(field, value, least, most) * unit);
}

export const rawLongitude = (value: Maybe): number => stepped('lon', value, -180, 180, 6e5, 181 * 6e5);
export const rawLatitude = (value: Maybe): number => stepped('lat', value, -90, 90, 6e5, 91 * 6e5);
export const rawCoarseLongitude = (value: Maybe): number => stepped('lon', value, -180, 180, 600, 181 * 600);
export const rawCoarseLatitude = (value: Maybe): number => stepped('lat', value, -90, 90, 600, 91 * 600);
export const rawSpeed = (value: Maybe): number =>
  Math.min(stepped('speed', value, 0, 1e4, 10, 1e9), value === null || value === undefined ? 1023 : 1022);

/** 359.96° rounds to north. */
export const rawCourse = (value: Maybe): number =>
  value === null || value === undefined ? 3600 : stepped('course', value, 0, 360, 10, 0) % 3600;
export const rawHeading = (value: Maybe): number =>
  value === null || value === undefined ? 511 : stepped('trueHeading', value, 0, 360, 1, 0) % 360;
export const rawSecond = (value: Maybe): number => whole('second', value, 0, 63, 60);

export function rawTurn(rate: Maybe, without: 'left' | 'right' | null | undefined): number {
  if (rate !== null && rate !== undefined) return rawRateOfTurn(bounded('rateOfTurn', rate, -1e4, 1e4));
  return without === 'right' ? 127 : without === 'left' ? -127 : -128;
}

/** Type, repeat indicator and MMSI: the first 38 bits of every message. */
export function writeHeader(
  bits: SextetWriter,
  message: { readonly type: number; readonly repeat?: number | undefined; readonly mmsi: number },
): void {
  bits.number(message.type, 6);
  bits.number(whole('repeat', message.repeat, 0, 3, 0), 2);
  bits.number(whole('mmsi', message.mmsi, 0, 2 ** 30 - 1, 0), 30);
}

interface HullDraft {
  readonly antennaRefDimensions?: readonly [number, number, number, number] | null | undefined;
  readonly length?: Maybe;
  readonly width?: Maybe;
}

/**
 * The four distances. Length and width alone are sent as the standard has it for an unknown antenna: all of it behind
 * and to starboard.
 */
export function writeHull(bits: SextetWriter, hull: HullDraft): void {
  const [bow, stern, port, starboard] = hull.antennaRefDimensions ?? [
    0,
    hull.length ?? 0,
    0,
    hull.width ?? 0,
  ];
  const most = hull.antennaRefDimensions === null || hull.antennaRefDimensions === undefined;
  bits.number(saturated('antennaRefDimensions', bow, 511, most), 9);
  bits.number(saturated('antennaRefDimensions', stern, 511, most), 9);
  bits.number(saturated('antennaRefDimensions', port, 63, most), 6);
  bits.number(saturated('antennaRefDimensions', starboard, 63, most), 6);
}

/** The largest value of a distance means that or more. */
const saturated = (field: string, metres: number, most: number, saturate: boolean): number =>
  Math.round(bounded(field, saturate ? Math.min(metres, most) : metres, 0, most));

export function writeEta(bits: SextetWriter, eta: DestinationEta | null | undefined): void {
  bits.number(whole('destinationETA', eta?.month, 1, 12, 0), 4);
  bits.number(whole('destinationETA', eta?.day, 1, 31, 0), 5);
  bits.number(whole('destinationETA', eta?.hour, 0, 23, 24), 5);
  bits.number(whole('destinationETA', eta?.minute, 0, 59, 60), 6);
}

/** Year to second in 40 bits. */
export function writeUtc(bits: SextetWriter, utc: string | null | undefined): void {
  let parts = [0, 0, 0, 24, 60, 60];
  if (utc !== null && utc !== undefined) {
    const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/.exec(utc);
    const time = Date.parse(utc);
    // A 30th of February parses, as the 1st of March.
    if (
      match === null ||
      Number.isNaN(time) ||
      new Date(time).toISOString().slice(0, 10) !== utc.slice(0, 10)
    ) {
      throw new AisError('field-range', 'utc', `ISO 8601 with Z, not ${utc}`);
    }
    parts = match.slice(1).map(Number);
  }
  [14, 4, 5, 5, 6, 6].forEach((length, i) => {
    bits.number(parts[i] as number, length);
  });
}
