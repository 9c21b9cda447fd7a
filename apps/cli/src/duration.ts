import { UsageError } from './verb.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `90s`, `15m`, `1h` or `1d`; `name` is the option that it was given for. */
export function duration(name: string, text: string): number {
  const [, amount, unit] = /^(\d{1,7}(?:\.\d{1,3})?)([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(amount) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!(milliseconds > 0)) throw new UsageError(`${name} is a time such as 90s, 15m or 1h, not "${text}"`);
  return milliseconds;
}
