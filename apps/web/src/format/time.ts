const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

const valid = (ms: number): boolean => Number.isFinite(ms) && Math.abs(ms) < 8.64e15;

/** `14:05:09` in UTC. */
export function clock(ms: number): string {
  if (!valid(ms)) return '–';
  const at = new Date(ms);
  return `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;
}

/** `2026-12-01` in UTC. */
export function day(ms: number): string {
  if (!valid(ms)) return '–';
  const at = new Date(ms);
  return `${pad(at.getUTCFullYear(), 4)}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
}

/** `2026-12-01 14:05:09Z`. */
export const instant = (ms: number): string => (valid(ms) ? `${day(ms)} ${clock(ms)}Z` : '–');

/** `14:05:09.123Z`, for instants whose order matters. */
export const preciseClock = (ms: number): string =>
  valid(ms) ? `${clock(ms)}.${pad(new Date(ms).getUTCMilliseconds(), 3)}Z` : '–';

/** Milliseconds of an ISO 8601 text; NaN where it is none. */
export const parseTime = (text: unknown): number =>
  typeof text === 'string' ? Date.parse(text) : Number.NaN;

/** Age in at most two units: `4 s`, `12 min`, `3 h 20 min`, `5 d 2 h`. */
export function age(ms: number): string {
  if (!valid(ms)) return '–';
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 100) return `${s} s`;
  const min = Math.round(s / 60);
  if (min < 100) return `${min} min`;
  const h = Math.floor(min / 60);
  if (h < 48) return min % 60 === 0 ? `${h} h` : `${h} h ${min % 60} min`;
  const d = Math.floor(h / 24);
  return h % 24 === 0 ? `${d} d` : `${d} d ${h % 24} h`;
}

/** Milliseconds of an ISO 8601 duration of days and shorter (`PT10M`, `P1DT6H`); undefined where it is none. */
export function durationMs(text: string | undefined): number | undefined {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? '');
  if (!found || text === 'P' || text?.endsWith('T')) return undefined;
  const [, d, h, m, s] = found;
  return ((Number(d ?? 0) * 24 + Number(h ?? 0)) * 60 + Number(m ?? 0)) * 60_000 + Number(s ?? 0) * 1000;
}
