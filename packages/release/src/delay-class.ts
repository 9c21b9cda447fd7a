/**
 * Delays between ingest and release are counted in classes, four an octave: a median drawn from them is within nine in
 * a hundred of the true one, and what is kept does not grow with the number of items.
 */
export const delayClass = (ms: number): string => String(Math.round(4 * Math.log2(Math.max(0, ms) + 1)));

/** The delay, in milliseconds, below which this share of the items lies; undefined where there are none. */
export function delayQuantile(delays: Readonly<Record<string, number>>, share: number): number | undefined {
  const classes = Object.entries(delays)
    .map(([name, count]) => [Number(name), count] as const)
    .sort(([a], [b]) => a - b);
  const total = classes.reduce((sum, [, count]) => sum + count, 0);
  let left = share * total;
  for (const [index, count] of classes) {
    left -= count;
    if (left <= 0) return Math.round(2 ** (index / 4) - 1);
  }
  return undefined;
}
