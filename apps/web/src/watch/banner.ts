import type { DataMode, Label } from '../api/contract.ts';

/** Levels of each policy from the lowest to the highest, as far as they are known. */
export type Levels = ReadonlyMap<string, readonly string[]>;

/**
 * The line over what is shown: of each policy the highest level, and every data mode. Where the order of a policy's
 * levels is not known all of them are named: nothing is left out by a guess.
 */
export function lineOf(
  labels: Iterable<Label>,
  levels: Levels = new Map(),
): { text: string; modes: DataMode[] } {
  const shown = new Map<string, Set<string>>();
  const modes = new Set<DataMode>();
  for (const { policy, classification, dataMode } of labels) {
    const of = shown.get(policy) ?? new Set();
    shown.set(policy, of.add(classification));
    modes.add(dataMode);
  }
  const text = [...shown.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([policy, of]) => `${policy} ${highest([...of].sort(), levels.get(policy)).join(' · ')}`)
    .join(' / ');
  return { text, modes: [...modes].sort() };
}

function highest(of: readonly string[], order: readonly string[] | undefined): readonly string[] {
  if (order === undefined || of.some((it) => !order.includes(it))) return of;
  return order.filter((it) => of.includes(it)).slice(-1);
}
