import type { Place } from './node.ts';
import { durationMs } from './obligations.ts';

/** A calendar day (its first instant, UTC) or an instant with Z; milliseconds UTC. */
export function readInstant(place: Place): number | undefined {
  const text = place.text();
  if (text === undefined) return undefined;
  const ms = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  // The 30th of February and the hour 24 are read as another day than is written.
  const asWritten = Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text.slice(0, 10));
  return asWritten
    ? ms
    : place.find(
        'bad-value',
        `"${text}" is no day (2026-12-01) or instant (2026-12-01T00:00:00Z) of the calendar`,
      );
}

/** A duration that is not nothing, in milliseconds. */
export function readPeriod(place: Place, what: string): number | undefined {
  const text = place.text();
  if (text === undefined) return undefined;
  const ms = durationMs(text);
  return ms ? ms : place.find('bad-value', `${what} is a duration such as P90D or PT24H, not "${text}"`);
}
