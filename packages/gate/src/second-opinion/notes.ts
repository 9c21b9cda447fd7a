/** Obligations as annotations of Cedar policies say them, joined. The delay in minutes. */
export interface JoinedObligations {
  readonly h3?: number;
  readonly minutes?: number;
  readonly drop: readonly string[];
}

const MINUTES: ReadonlyMap<string, number> = new Map([
  ['PT0S', 0],
  ['PT1M', 1],
  ['PT10M', 10],
  ['PT1H', 60],
  ['P1D', 1440],
  ['P7D', 10_080],
]);

/** The most restrictive of all; undefined where an annotation is missing or cannot be read, which means deny. */
export function joinNotes(notes: readonly (string | undefined)[]): JoinedObligations | undefined {
  let h3: number | undefined;
  let minutes = 0;
  const drop = new Set<string>();
  for (const note of notes) {
    const read = readNote(note);
    if (!read) return undefined;
    if (read.h3 !== undefined && (h3 === undefined || read.h3 < h3)) h3 = read.h3;
    if (read.minutes > minutes) minutes = read.minutes;
    for (const field of read.drop) drop.add(field);
  }
  return { ...(h3 !== undefined && { h3 }), ...(minutes > 0 && { minutes }), drop: [...drop].sort() };
}

interface Note {
  readonly h3?: number;
  readonly minutes: number;
  readonly drop: readonly string[];
}

function readNote(note: string | undefined): Note | undefined {
  const value = parsed(note);
  if (typeof value !== 'object' || value === null) return undefined;
  const { position, delay = 'PT0S', drop = [], ...rest } = value as Record<string, unknown>;
  const minutes = typeof delay === 'string' ? MINUTES.get(delay) : undefined;
  if (minutes === undefined || Object.keys(rest).length > 0) return undefined;
  if (!Array.isArray(drop) || !drop.every((one) => typeof one === 'string')) return undefined;
  if (position === undefined) return { minutes, drop };
  const { h3 } = (position ?? {}) as Record<string, unknown>;
  return typeof h3 === 'number' && h3 >= 0 && h3 <= 15 ? { h3, minutes, drop } : undefined;
}

function parsed(note: string | undefined): unknown {
  try {
    return note === undefined ? undefined : JSON.parse(note);
  } catch {
    return undefined;
  }
}
