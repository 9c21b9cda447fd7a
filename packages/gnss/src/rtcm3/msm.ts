import type { GnssSystem, SatelliteId } from '../satellite.ts';
import { SPEED_OF_LIGHT } from '../signal.ts';
import type { MsmVariant } from './msm-signals.ts';

/** Metres that light travels in a millisecond, the unit of MSM ranges. */
export const RANGE_MILLISECOND = SPEED_OF_LIGHT / 1e3;

/** Per-satellite part of an MSM (RTCM 10403.3, tables 3.5-80 and 3.5-81). */
export interface MsmSatellite {
  readonly sat: SatelliteId;
  /** DF397 and DF398, milliseconds in steps of 2^-10; undefined where marked invalid. */
  readonly roughRange: number | undefined;
  /** DF419 or reserved, 0 to 15, in MSM5 and MSM7: for GLONASS the frequency channel plus 7, 15 unknown. */
  readonly extended: number | undefined;
  /** DF399, whole metres per second, in MSM5 and MSM7; undefined where marked invalid. */
  readonly roughRate: number | undefined;
}

/** One signal of one satellite. What the sender marked invalid is undefined. */
export interface MsmCell {
  readonly sat: SatelliteId;
  /** Position in the signal mask, 1 to 32 (DF395). */
  readonly signalPosition: number;
  /** RINEX band and attribute such as `2I`; undefined for a position this version knows no signal for. */
  readonly signal: string | undefined;
  /** Metres. */
  readonly pseudorange: number | undefined;
  /** Metres: cycles times wavelength. */
  readonly phaseRange: number | undefined;
  /** Metres per second, positive when the range grows; MSM5 and MSM7. */
  readonly phaseRangeRate: number | undefined;
  /** dB-Hz. */
  readonly cnr: number | undefined;
  /** DF402 (MSM4, MSM5) or DF407 (MSM6, MSM7) as sent. */
  readonly lockIndicator: number;
  /** DF420: the phase may be half a cycle off. */
  readonly halfCycle: boolean;
}

/** A multiple signal message MSM4 to MSM7 of any system (RTCM 10403.3, 3.5.16). */
export interface MsmMessage {
  readonly kind: 'msm';
  readonly type: number;
  readonly system: GnssSystem;
  readonly variant: MsmVariant;
  /** DF003. */
  readonly station: number;
  /**
   * Epoch as sent, 30 bits: milliseconds of the GPST week (GPS, Galileo, QZSS, SBAS, NavIC), of the BDT week
   * (BDS, DF427), or GLONASS day of week times 2^27 plus milliseconds of the Moscow day (DF416, DF034).
   */
  readonly epochField: number;
  /** DF393: more messages of this epoch follow. */
  readonly multiple: boolean;
  /** DF409. */
  readonly iods: number;
  /** DF001, 7 bits, kept so that a message can be repeated bit for bit. */
  readonly reserved: number;
  /** DF411, DF412. */
  readonly clockSteering: number;
  readonly externalClock: number;
  /** DF417, DF418. */
  readonly smoothing: boolean;
  readonly smoothingInterval: number;
  readonly satellites: readonly MsmSatellite[];
  readonly cells: readonly MsmCell[];
}

/** Widths and units of the per-cell fields of a variant (RTCM 10403.3, tables 3.5-84 to 3.5-87). */
export interface CellFormat {
  /** DF400 or DF405, milliseconds. */
  readonly pseudorangeBits: number;
  readonly pseudorangeUnit: number;
  /** DF401 or DF406, milliseconds. */
  readonly phaseBits: number;
  readonly phaseUnit: number;
  /** DF402 or DF407. */
  readonly lockBits: number;
  /** DF403 or DF408, dB-Hz. */
  readonly cnrBits: number;
  readonly cnrUnit: number;
  /** Whether DF399 and DF404 are there. */
  readonly rates: boolean;
}

const NORMAL = {
  pseudorangeBits: 15,
  pseudorangeUnit: 2 ** -24,
  phaseBits: 22,
  phaseUnit: 2 ** -29,
  lockBits: 4,
  cnrBits: 6,
  cnrUnit: 1,
};
const HIGH_RESOLUTION = {
  pseudorangeBits: 20,
  pseudorangeUnit: 2 ** -29,
  phaseBits: 24,
  phaseUnit: 2 ** -31,
  lockBits: 10,
  cnrBits: 10,
  cnrUnit: 2 ** -4,
};

export const CELL_FORMATS: Readonly<Record<MsmVariant, CellFormat>> = {
  4: { ...NORMAL, rates: false },
  5: { ...NORMAL, rates: true },
  6: { ...HIGH_RESOLUTION, rates: false },
  7: { ...HIGH_RESOLUTION, rates: true },
};

export const HEADER_BITS = 169;
export const MAX_CELLS = 64;
export const ROUGH_RANGE_UNIT = 2 ** -10;
export const ROUGH_RANGE_INVALID = 255;
export const ROUGH_RATE_BITS = 14;
export const FINE_RATE_BITS = 15;
/** Metres per second. */
export const FINE_RATE_UNIT = 1e-4;

/** Width of a satellite's part in bits. */
export function satelliteBits(format: CellFormat): number {
  return format.rates ? 8 + 4 + 10 + ROUGH_RATE_BITS : 8 + 10;
}

/** Width of a cell's part in bits. */
export function cellBits(format: CellFormat): number {
  const rate = format.rates ? FINE_RATE_BITS : 0;
  return format.pseudorangeBits + format.phaseBits + format.lockBits + 1 + format.cnrBits + rate;
}

/**
 * Shortest time in milliseconds for which a signal has been tracked without loss, by its lock indicator:
 * DF402 for MSM4 and MSM5 (table 3.5-74), DF407 for MSM6 and MSM7 (table 3.5-75).
 */
export function minimumLockTime(variant: MsmVariant, indicator: number): number {
  if (variant <= 5) return indicator === 0 ? 0 : 2 ** (indicator + 4);
  if (indicator < 64) return indicator;
  const octave = Math.floor(Math.min(indicator, 704) / 32) - 1;
  return 2 ** octave * (Math.min(indicator, 704) - 32 * octave);
}

/** The largest indicator whose minimum lock time is not above `milliseconds`. */
export function lockIndicator(variant: MsmVariant, milliseconds: number): number {
  let indicator = variant <= 5 ? 15 : 704;
  while (indicator > 0 && minimumLockTime(variant, indicator) > milliseconds) indicator -= 1;
  return indicator;
}
