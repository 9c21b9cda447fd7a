/**
 * The delays that an obligation may ask for, counted from ingest: none, 1 min, 10 min, 1 h, 1 d, 7 d. The
 * ladder is part of the schema; a clause's delay is rounded up to the next rung.
 */
export const DELAYS_MS = [0, 60_000, 600_000, 3_600_000, 86_400_000, 604_800_000] as const;

/** Index into the ladder. */
export type Rung = 0 | 1 | 2 | 3 | 4 | 5;

export const isRung = (value: number): value is Rung =>
  Number.isInteger(value) && value >= 0 && value < DELAYS_MS.length;

export const delayOf = (rung: Rung): number => DELAYS_MS[rung];
