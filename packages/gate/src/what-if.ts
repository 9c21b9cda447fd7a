import { joinObligations, obligationsText } from '@concord/agreement';
import { decide, type Release } from './decide.ts';
import type { ReleaseFacts, SubjectFacts } from './facts.ts';
import type { World } from './world.ts';

/** A cell whose verdict another world would change. */
export interface VerdictChange {
  /** Positions in the lists given. */
  readonly item: number;
  readonly reader: number;
  readonly before: Release | undefined;
  readonly after: Release | undefined;
  /**
   * `widens`: more is seen than before; `narrows`: less; `alters`: more of the one and less of the other, or the same
   * on another basis.
   */
  readonly effect: 'widens' | 'narrows' | 'alters';
}

/** What another world would change for these items and readers. */
export function whatIf(
  before: World,
  after: World,
  items: readonly ReleaseFacts[],
  readers: readonly SubjectFacts[],
): VerdictChange[] {
  return items.flatMap((one, item) =>
    readers.flatMap((who, reader) => {
      const [a, b] = [decide(before, one, who), decide(after, one, who)];
      const effect = effectOf(a, b);
      return effect ? [{ item, reader, before: a, after: b, effect }] : [];
    }),
  );
}

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
