/** Counts a second over the last minute, for rates and sparklines. `second` is a whole number of seconds. */
export interface Tally {
  readonly counts: number[];
  second: number;
  total: number;
}

export const TALLY_SECONDS = 60;

export const newTally = (second: number): Tally => ({
  counts: new Array<number>(TALLY_SECONDS).fill(0),
  second,
  total: 0,
});

/** Moves the window so that it ends at `second`; a second in the past changes nothing. */
export function advance(tally: Tally, second: number): void {
  const gone = Math.min(TALLY_SECONDS, second - tally.second);
  if (gone <= 0) return;
  tally.counts.splice(0, gone);
  for (let i = 0; i < gone; i += 1) tally.counts.push(0);
  tally.second = second;
}

export function count(tally: Tally, second: number, n = 1): void {
  advance(tally, second);
  tally.counts[TALLY_SECONDS - 1] = (tally.counts[TALLY_SECONDS - 1] ?? 0) + n;
  tally.total += n;
}

/** Mean a second over the last `seconds` whole seconds, the running one left out. */
export function rate(tally: Tally, second: number, seconds = 10): number {
  advance(tally, second);
  const slice = tally.counts.slice(TALLY_SECONDS - 1 - seconds, TALLY_SECONDS - 1);
  return slice.reduce((sum, n) => sum + n, 0) / seconds;
}
