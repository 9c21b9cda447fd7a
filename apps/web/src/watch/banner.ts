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

/** The highest of the levels in a known order, and those that the order does not have. */
function highest(of: readonly string[], order: readonly string[] = []): readonly string[] {
  const known = order.filter((it) => of.includes(it)).slice(-1);
  return [...known, ...of.filter((it) => !order.includes(it))];
}

/** Orders of levels from tables of equal protection, whose rows go from the highest to the lowest. */
export function levelsOf(tables: Iterable<readonly Readonly<Record<string, string>>[]>): Levels {
  const levels = new Map<string, string[]>();
  for (const table of tables) {
    const here = new Map<string, string[]>();
    for (const row of table) {
      for (const [policy, level] of Object.entries(row)) {
        const of = here.get(policy) ?? [];
        here.set(policy, of);
        if (!of.includes(level)) of.unshift(level);
      }
    }
    for (const [policy, of] of here) {
      if (of.length > (levels.get(policy)?.length ?? 0)) levels.set(policy, of);
    }
  }
  return levels;
}
