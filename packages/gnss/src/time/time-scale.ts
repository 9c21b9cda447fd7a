import { leapSecondsAtGpst, leapSecondsAtUtc } from './leap-seconds.ts';

declare const scale: unique symbol;

/** Seconds of GPS time since its origin, 1980-01-06T00:00:00 UTC. Continuous (IS-GPS-200, 3.3.4). */
export type Gpst = number & { readonly [scale]: 'GPST' };

/** Seconds of BeiDou time since its origin, 2006-01-01T00:00:00 UTC. Continuous (BDS-SIS-ICD-B1I 3.0, 3.3). */
export type Bdt = number & { readonly [scale]: 'BDT' };

/** Milliseconds of UTC since 1970-01-01 without leap seconds, as `Date.now()` counts them. */
export type UtcMillis = number & { readonly [scale]: 'UTC' };

export const SECONDS_PER_WEEK = 604_800;
export const SECONDS_PER_DAY = 86_400;

/** BDT = GPST − 14 s, and its week 0 is GPS week 1356 (BDS-SIS-ICD-B1I 3.0, 3.3). */
export const GPST_MINUS_BDT = 14;
const BDT_ORIGIN_GPST = 1356 * SECONDS_PER_WEEK + GPST_MINUS_BDT;

/** 1980-01-06T00:00:00Z in POSIX seconds. */
const GPST_ORIGIN_POSIX = 315_964_800;

/** GPS time of a full (not rolled over) GPS week and second of week. */
export function gpst(week: number, secondOfWeek: number): Gpst {
  return (week * SECONDS_PER_WEEK + secondOfWeek) as Gpst;
}

/** BeiDou time of a full BDT week and second of week. */
export function bdt(week: number, secondOfWeek: number): Bdt {
  return (week * SECONDS_PER_WEEK + secondOfWeek) as Bdt;
}

export function gpstFromBdt(instant: Bdt): Gpst {
  return (instant + BDT_ORIGIN_GPST) as Gpst;
}

export function bdtFromGpst(instant: Gpst): Bdt {
  return (instant - BDT_ORIGIN_GPST) as Bdt;
}

/** Week and second of week of an instant of GPST or BDT. */
export function weekAndSecond(instant: Gpst | Bdt): { week: number; second: number } {
  const week = Math.floor(instant / SECONDS_PER_WEEK);
  return { week, second: instant - week * SECONDS_PER_WEEK };
}

/** UTC of a GPS time, to the microsecond. During a leap second the following second's label is given. */
export function utcFromGpst(instant: Gpst): UtcMillis {
  const posix = instant + GPST_ORIGIN_POSIX - leapSecondsAtGpst(instant);
  return (Math.round(posix * 1e6) / 1e3) as UtcMillis;
}

export function gpstFromUtc(instant: UtcMillis): Gpst {
  return (instant / 1e3 - GPST_ORIGIN_POSIX + leapSecondsAtUtc(instant)) as Gpst;
}

/** UTC milliseconds (`Date.now()`, `Date.parse(…)`) marked as such. */
export function utcMillis(milliseconds: number): UtcMillis {
  return milliseconds as UtcMillis;
}

/** GPS time of a calendar reading in GPST (as in RINEX), without leap seconds. */
export function gpstFromCalendar(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): Gpst {
  const whole = Date.UTC(year, month - 1, day, hour, minute, 0) / 1e3 - GPST_ORIGIN_POSIX;
  return (whole + second) as Gpst;
}

/** ISO 8601 in UTC with Z: milliseconds, or microseconds where the instant has them; '' for no real instant. */
export function isoFromGpst(instant: Gpst): string {
  const milliseconds = utcFromGpst(instant);
  const whole = Math.floor(milliseconds);
  const micros = Math.round((milliseconds - whole) * 1e3);
  const date = new Date(whole);
  if (Number.isNaN(date.getTime())) return '';
  const iso = date.toISOString();
  return micros === 0 ? iso : `${iso.slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}

/** The instant nearest to `near` that falls on `secondOfPeriod` of a period (a week or a day) of GPST. */
export function nearestInPeriod(secondOfPeriod: number, near: Gpst, period: number): Gpst {
  return (secondOfPeriod + Math.round((near - secondOfPeriod) / period) * period) as Gpst;
}
