import { joinObligations, obligationsText } from '@concord/agreement';
import { decide, type Release } from './decide.ts';
import { type ReleaseFacts, releaseKey, type SubjectFacts, subjectKey } from './facts.ts';
import type { World } from './world.ts';

/** Items of one class whose verdict another world would change for these readers, for all in the same way. */
export interface VerdictChange {
  /** Positions in the lists given. */
  readonly items: readonly number[];
  readonly readers: readonly number[];
  readonly before: Release | undefined;
  readonly after: Release | undefined;
  /**
   * `widens`: more is seen than before; `narrows`: less; `alters`: more of the one and less of the other, or the same
   * on another basis.
   */
  readonly effect: 'widens' | 'narrows' | 'alters';
}

/**
 * What another world would change for these items and readers. Each class of items is judged once for each class of
 * readers, so that many of both take no longer than their classes do.
 */
export function whatIf(
  before: World,
  after: World,
  items: readonly ReleaseFacts[],
  readers: readonly SubjectFacts[],
): VerdictChange[] {
  const subjects = positionsBy(readers, subjectKey);
  return positionsBy(items, releaseKey).flatMap((some) => {
    const item = items[some[0]!]!;
    const changes = new Map<string, { change: Omit<VerdictChange, 'readers'>; readers: number[] }>();
    for (const who of subjects) {
      const reader = readers[who[0]!]!;
      const [a, b] = [decide(before, item, reader), decide(after, item, reader)];
      const effect = effectOf(a, b);
      if (!effect) continue;
      const key = `${a && outcome(a)}\n${b && outcome(b)}`;
      const known = changes.get(key);
      if (known) known.readers.push(...who);
      else changes.set(key, { change: { items: some, before: a, after: b, effect }, readers: [...who] });
    }
    return [...changes.values()].map(({ change, readers: all }) => ({
      ...change,
      readers: all.sort((x, y) => x - y),
    }));
  });
}

/** Positions of equal values together, in the order in which each is first met. */
function positionsBy<T>(values: readonly T[], keyOf: (value: T) => string): number[][] {
  const groups = new Map<string, number[]>();
  for (const [i, value] of values.entries()) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  }
  return [...groups.values()];
}

const outcome = (release: Release): string => `${obligationsText(release.obligations)} ${basis(release)}`;

/** Where a release rests, apart from the version of the agreement. */
const basis = ({ permits }: Release): string =>
  permits
    .map((one) => ('home' in one ? one.home : `${one.agreement}/${one.clause}`))
    .sort()
    .join();

function effectOf(a: Release | undefined, b: Release | undefined): VerdictChange['effect'] | undefined {
  if (!a || !b) return a ? 'narrows' : b && 'widens';
  const [x, y] = [obligationsText(a.obligations), obligationsText(b.obligations)];
  if (x === y) return basis(a) === basis(b) ? undefined : 'alters';
  const both = obligationsText(joinObligations(a.obligations, b.obligations));
  return both === x ? 'widens' : both === y ? 'narrows' : 'alters';
}
