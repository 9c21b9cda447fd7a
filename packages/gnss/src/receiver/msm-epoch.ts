import type { MsmMessage } from '../rtcm3/msm.ts';
import { GPST_MINUS_BDT, SECONDS_PER_DAY, SECONDS_PER_WEEK } from '../time/time-scale.ts';

const WEEK_MILLIS = SECONDS_PER_WEEK * 1e3;
export const DAY_MILLIS = SECONDS_PER_DAY * 1e3;
/** GLONASS time is UTC + 3 h (GLONASS ICD 5.1, 3.3.3). */
const MOSCOW_MILLIS = 3 * 3_600_000;

/** Epoch of an MSM before its week is known. */
export type MsmEpoch =
  /** Milliseconds of the GPST week. */
  | { readonly scale: 'GPST'; readonly ofWeek: number }
  /** Milliseconds of the UTC day: GPST of the day needs the leap seconds, hence the date. */
  | { readonly scale: 'UTC'; readonly ofDay: number }
  | { readonly scale: 'invalid' };

/** Reads DF004, DF248, DF427, DF428 or DF416 and DF034 by the message's system. */
export function msmEpoch(message: MsmMessage): MsmEpoch {
  if (message.system === 'R') {
    const moscow = message.epochField % 2 ** 27;
    // Up to 86,401 s, for a leap second.
    if (moscow >= DAY_MILLIS + 1001) return { scale: 'invalid' };
    return { scale: 'UTC', ofDay: modulo(moscow - MOSCOW_MILLIS, DAY_MILLIS) };
  }
  if (message.epochField >= WEEK_MILLIS) return { scale: 'invalid' };
  const shift = message.system === 'C' ? GPST_MINUS_BDT * 1e3 : 0;
  return { scale: 'GPST', ofWeek: (message.epochField + shift) % WEEK_MILLIS };
}

/**
 * Whether a GLONASS epoch and one of GPST can be the same instant. Without the date the leap seconds are only
 * known to lie between 10 and 30.
 */
export function sameInstant(ofUtcDay: number, ofGpstWeek: number, leapSeconds: number | undefined): boolean {
  const difference = modulo(ofGpstWeek - ofUtcDay, DAY_MILLIS);
  if (leapSeconds !== undefined) return difference === leapSeconds * 1e3;
  return difference % 1e3 === 0 && difference >= 10_000 && difference <= 30_000;
}

/** Milliseconds of the GPST day of a GLONASS epoch. */
export function gpstOfDay(ofUtcDay: number, leapSeconds: number): number {
  return modulo(ofUtcDay + leapSeconds * 1e3, DAY_MILLIS);
}

export function modulo(value: number, period: number): number {
  return value - Math.floor(value / period) * period;
}
