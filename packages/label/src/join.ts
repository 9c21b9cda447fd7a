import { LabelError } from './error.ts';
import type { Category, CategoryType, Label } from './label.ts';
import { type Policies, rank } from './policy.ts';

/** The only value of a permissive tag set that no reader can hold: what is left when two of them have nothing in common. */
const NOBODY = 'NOBODY';

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();
const common = <T extends string>(a: readonly T[], b: readonly T[]) => a.filter((one) => b.includes(one));

function joinCategories(a: readonly Category[], b: readonly Category[]): Category[] {
  const find = (list: readonly Category[], tagSet: string, type: CategoryType) =>
    list.find((one) => one.tagSet === tagSet && one.type === type);
  const keys = new Map([...a, ...b].map((one) => [`${one.tagSet}\n${one.type}`, one]));
  return [...keys.values()]
    .map(({ tagSet, type }) => {
      const left = find(a, tagSet, type)?.values;
      const right = find(b, tagSet, type)?.values;
      if (!left || !right) return { tagSet, type, values: left ?? right ?? [] };
      if (type !== 'PERMISSIVE') return { tagSet, type, values: union(left, right) };
      const both = common(left, right);
      return { tagSet, type, values: both.length > 0 ? both : [NOBODY] };
    })
    .sort((x, y) => (x.tagSet + x.type < y.tagSet + y.type ? -1 : 1));
}

/**
 * The label of what is made from two items: whoever may read the result may read both. Levels of one policy; other
 * policies must be translated first. Data modes are never mixed.
 */
export function joinLabels(policies: Policies, a: Label, b: Label): Label {
  if (a.dataMode !== b.dataMode) {
    throw new LabelError('label-mode-mixed', 'dataMode', `${a.dataMode} and ${b.dataMode} are never mixed`);
  }
  if (a.policy !== b.policy) {
    throw new LabelError(
      'label-policy-mixed',
      'policy',
      `${a.policy} and ${b.policy} need an equivalence first`,
    );
  }
  const policy = policies.get(a.policy);
  if (!policy) throw new LabelError('label-policy-unknown', 'policy', `${a.policy} is not known`);
  const embargo = [a.embargoUntil, b.embargoUntil]
    .filter((one) => one !== undefined)
    .sort()
    .at(-1);
  const releasable =
    a.releasableTo && b.releasableTo
      ? common(a.releasableTo, b.releasableTo)
      : (a.releasableTo ?? b.releasableTo);
  // An empty list of purposes means any; two lists without a common purpose leave none that a reader can state.
  const purposes =
    a.purposes.length === 0 || b.purposes.length === 0
      ? union(a.purposes, b.purposes)
      : common(a.purposes, b.purposes);
  const unknown = rank(policy, a.classification) < 0;
  return {
    policy: a.policy,
    classification:
      !unknown &&
      rank(policy, b.classification) >= 0 &&
      rank(policy, a.classification) >= rank(policy, b.classification)
        ? a.classification
        : unknown
          ? a.classification
          : b.classification,
    categories: joinCategories(a.categories, b.categories),
    caveats: union(a.caveats, b.caveats),
    ...(releasable && { releasableTo: releasable }),
    purposes: purposes.length === 0 && (a.purposes.length > 0 || b.purposes.length > 0) ? [NOBODY] : purposes,
    ...(embargo && { embargoUntil: embargo }),
    dataMode: a.dataMode,
  };
}
