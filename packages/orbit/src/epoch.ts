/**
 * Epochs as whole microseconds of UTC since 1970 (leap seconds not counted, as in Unix time): a double holds them
 * exactly, and the eight decimals of a TLE's day are 864 µs each.
 */

const DAY_US = 86_400_000_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** ISO 8601 with microseconds and Z. */
export function epochText(micros: number): string {
  const date = new Date(Math.floor(micros / 1000));
  const rest = ((micros % 1_000_000) + 1_000_000) % 1_000_000;
  const day = `${String(date.getUTCFullYear()).padStart(4, '0')}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${day}T${time}.${String(rest).padStart(6, '0')}Z`;
}

const FORM = /^(\d{4})-(?:(\d\d)-(\d\d)|(\d{3}))[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?Z?$/;

/**
 * Reads an epoch of an orbit message (CCSDS 502.0-B-3, 7.5.10): calendar or day-of-year date, with or without fraction
 * and Z. Undefined where it is no time.
 */
export function parseEpoch(text: string): number | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, year = '', month, day, dayOfYear, hour = '', minute = '', second = '', fraction = ''] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || Number(year) < 1900)
    return undefined;
  let start: number;
  if (dayOfYear === undefined) {
    start = Date.UTC(Number(year), Number(month) - 1, Number(day));
    if (new Date(start).toISOString().slice(0, 10) !== text.slice(0, 10)) return undefined;
  } else {
    start = Date.UTC(Number(year), 0, Number(dayOfYear));
    if (dayOfYear === '000' || new Date(start).getUTCFullYear() !== Number(year)) return undefined;
  }
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return start * 1000 + seconds * 1e6 + Math.round(Number(`0.${fraction || '0'}`) * 1e6);
}

/** Epoch of a TLE: two digits of the year (57 to 99 are 1957 to 1999) and the day of the year with its fraction. */
export function tleEpoch(year: number, day: number): number | undefined {
  const full = year < 57 ? 2000 + year : 1900 + year;
  const days = full % 4 === 0 ? 366 : 365;
  if (!(day >= 1 && day < days + 1)) return undefined;
  return Date.UTC(full, 0, 1) * 1000 + Math.round((day - 1) * 1e8) * 864;
}

/** The year and day columns (19-32) of a TLE; undefined where they cannot say this epoch exactly. */
export function tleEpochColumns(micros: number): string | undefined {
  const year = new Date(Math.floor(micros / 1000)).getUTCFullYear();
  const since = micros - Date.UTC(year, 0, 1) * 1000;
  if (year < 1957 || year > 2056 || since % 864 !== 0) return undefined;
  const day = Math.floor(since / DAY_US);
  const fraction = (since - day * DAY_US) / 864;
  return `${two(year % 100)}${String(day + 1).padStart(3, '0')}.${String(fraction).padStart(8, '0')}`;
}
