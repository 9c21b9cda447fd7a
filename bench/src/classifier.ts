const BINS = 32;

/** Numbers from 0 up to 1 that a seed gives again (mulberry32). */
function randomOf(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Sample {
  readonly value: number;
  readonly isFirst: boolean;
}

/** The bin of a value between edges that rise. */
function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How well two lots of values can be told apart: a histogram classifier (bins of equal counts, the commoner lot in each)
 * is trained on one random half and tried on the other. Gives what it is right more often than wrong there, as a share:
 * true positive rate less false positive rate, 0 for a tossed coin, 1 for always right.
 */
export function advantage(first: readonly number[], second: readonly number[], seed: number): number {
  const random = randomOf(seed);
  const trained: Sample[] = [];
  const tried: Sample[] = [];
  for (const [values, isFirst] of [
    [first, true],
    [second, false],
  ] as const) {
    for (const value of values) (random() < 0.5 ? trained : tried).push({ value, isFirst });
  }
  const sorted = trained.map(({ value }) => value).sort((a, b) => a - b);
  const edges = Array.from(
    { length: BINS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BINS)]!,
  );
  const votes = new Array<number>(BINS).fill(0);
  for (const { value, isFirst } of trained) votes[binOf(edges, value)]! += isFirst ? 1 : -1;
  const saysFirst = ({ value }: Sample) => votes[binOf(edges, value)]! > 0;
  const rate = (of: boolean) => {
    const some = tried.filter(({ isFirst }) => isFirst === of);
    return some.filter(saysFirst).length / some.length;
  };
  return rate(true) - rate(false);
}
