const finite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A number with a fixed count of decimals and its unit, or an en dash where there is none. */
export function quantity(value: unknown, decimals: number, unit = ''): string {
  if (!finite(value)) return '–';
  return unit === '' ? value.toFixed(decimals) : `${value.toFixed(decimals)} ${unit}`;
}

/** Degrees and decimal minutes as on a chart: `57° 12.345′ N`. */
function angle(value: number, width: number, positive: string, negative: string): string {
  const tenThousandths = Math.round(Math.abs(value) * 60_000);
  const degrees = Math.floor(tenThousandths / 60_000);
  const minutes = ((tenThousandths % 60_000) / 1000).toFixed(3).padStart(6, '0');
  return `${String(degrees).padStart(width, '0')}° ${minutes}′ ${value < 0 ? negative : positive}`;
}

export const latitude = (value: unknown): string => (finite(value) ? angle(value, 2, 'N', 'S') : '–');
export const longitude = (value: unknown): string => (finite(value) ? angle(value, 3, 'E', 'W') : '–');

/** Direction as three digits: `073°`. */
export const bearing = (value: unknown): string =>
  finite(value) ? `${String(Math.round(((value % 360) + 360) % 360) % 360).padStart(3, '0')}°` : '–';

/** Whole numbers in groups of three. */
export const whole = (value: unknown): string =>
  finite(value) ? Math.round(value).toLocaleString('en-GB') : '–';

/** Items a second: two figures are enough. */
export function perSecond(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 10) return `${Math.round(value)}/s`;
  return value === 0 ? '0/s' : `${value.toFixed(1)}/s`;
}

/** The ends of a long hash or identifier. */
export const ends = (text: string, each = 8): string =>
  text.length <= each * 2 + 1 ? text : `${text.slice(0, each)}…${text.slice(-each)}`;
