/**
 * GPST − UTC from the UTC instant given, in seconds: TAI − UTC of IERS Bulletin C less the 19 s by which GPST
 * trails TAI. No leap second has been announced after 2017-01-01.
 */
const STEPS: readonly (readonly [utc: string, gpstMinusUtc: number])[] = [
  ['1981-07-01', 1],
  ['1982-07-01', 2],
  ['1983-07-01', 3],
  ['1985-07-01', 4],
  ['1988-01-01', 5],
  ['1990-01-01', 6],
  ['1991-01-01', 7],
  ['1992-07-01', 8],
  ['1993-07-01', 9],
  ['1994-07-01', 10],
  ['1996-01-01', 11],
  ['1997-07-01', 12],
  ['1999-01-01', 13],
  ['2006-01-01', 14],
  ['2009-01-01', 15],
  ['2012-07-01', 16],
  ['2015-07-01', 17],
  ['2017-01-01', 18],
];

const GPST_ORIGIN_MILLIS = 315_964_800_000;
const UTC_STEPS = STEPS.map(([date, offset]) => ({ utc: Date.parse(`${date}T00:00:00Z`), offset })).reverse();
const GPST_STEPS = UTC_STEPS.map(({ utc, offset }) => ({
  gpst: (utc - GPST_ORIGIN_MILLIS) / 1e3 + offset,
  offset,
}));

/** GPST − UTC in whole seconds at an instant of UTC (milliseconds since 1970). */
export function leapSecondsAtUtc(milliseconds: number): number {
  for (const step of UTC_STEPS) if (milliseconds >= step.utc) return step.offset;
  return 0;
}

/** GPST − UTC in whole seconds at an instant of GPST (seconds since 1980-01-06). */
export function leapSecondsAtGpst(seconds: number): number {
  for (const step of GPST_STEPS) if (seconds >= step.gpst) return step.offset;
  return 0;
}
