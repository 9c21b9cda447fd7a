/** One claim: a figure, what it is beside, and the budget that it should keep. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly unit: string;
  readonly median: number;
  /** 95 % interval of the median, by order statistics. */
  readonly interval: readonly [number, number];
  readonly samples: number;
  /** The peer or ceiling measured in the same run, where the figure is a ratio. */
  readonly beside?: string;
  readonly budget: string;
  readonly kept: boolean;
  readonly detail?: Readonly<Record<string, number | string>>;
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

export function median(values: readonly number[]): number {
  const list = sorted(values);
  const middle = list.length >> 1;
  return list.length % 2 === 1 ? list[middle]! : (list[middle - 1]! + list[middle]!) / 2;
}

/** The value below which a share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const list = sorted(values);
  return list[Math.min(list.length - 1, Math.floor(share * list.length))] ?? Number.NaN;
}

/**
 * 95 % confidence interval of the median without assuming a distribution: the order statistics at
 * n/2 ± 1.96·√n/2 (normal approximation of the binomial).
 */
export function interval(values: readonly number[]): [number, number] {
  const list = sorted(values);
  const half = (1.96 * Math.sqrt(list.length)) / 2;
  const low = Math.max(0, Math.floor(list.length / 2 - half));
  const high = Math.min(list.length - 1, Math.ceil(list.length / 2 + half));
  return [list[low]!, list[high]!];
}

const round = (value: number) => Number(value.toPrecision(4));

export function figure(of: {
  bench: string;
  figure: string;
  unit: string;
  values: readonly number[];
  beside?: string;
  budget: string;
  keeps: (median: number) => boolean;
  detail?: Readonly<Record<string, number | string>>;
}): Figure {
  const { values, keeps, detail, ...rest } = of;
  const middle = median(values);
  const [low, high] = interval(values);
  return {
    ...rest,
    median: round(middle),
    interval: [round(low), round(high)],
    samples: values.length,
    kept: keeps(middle),
    ...(detail && { detail }),
  };
}

/** Two things measured in turn, A B A B …, so that a machine whose speed drifts drifts for both. */
export async function pairs(
  count: number,
  a: (i: number) => Promise<number>,
  b: (i: number) => Promise<number>,
): Promise<{ a: number[]; b: number[] }> {
  const found: { a: number[]; b: number[] } = { a: [], b: [] };
  for (let i = 0; i < count; i++) {
    // The order changes each time: whoever comes second may find a warmer machine.
    if (i % 2 === 0) found.a.push(await a(i));
    found.b.push(await b(i));
    if (i % 2 === 1) found.a.push(await a(i));
  }
  return found;
}

/** Milliseconds that something takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
