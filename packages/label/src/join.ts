import { LabelError } from './error.ts';
import { byKey, type Category, categoryKey, type Label, NOBODY } from './label.ts';
import { type Policies, type Policy, rank } from './policy.ts';

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();
const common = <T extends string>(a: readonly T[], b: readonly T[]) => a.filter((one) => b.includes(one));
/** What both lists let in; where that is nothing, nobody: an empty list would let all in. */
const narrowed = (a: readonly string[], b: readonly string[]) => {
  const both = common(a, b);
  return both.length > 0 ? both : [NOBODY];
};

function joinCategories(all: readonly Category[]): Category[] {
  const joined = new Map<string, Category>();
  for (const one of all) {
    const { tagSet, type, values } = one;
    const other = joined.get(categoryKey(one))?.values;
    const narrow = type === 'PERMISSIVE' ? narrowed : union;
    joined.set(categoryKey(one), { tagSet, type, values: other ? narrow(other, values) : values });
  }
  return [...joined.values()].sort(byKey);
}

/** The higher level; one that the policy does not know is above all others, for nobody is cleared for it. */
function higher(policy: Policy, a: string, b: string): string {
  const height = (level: string) =>
    rank(policy, level) < 0 ? Number.POSITIVE_INFINITY : rank(policy, level);
  if (height(a) === height(b)) return a < b ? a : b;
  return height(a) > height(b) ? a : b;
}

/**
 * The label of what is made from two items: whoever may read the result may read both. Levels of one policy; other
 * policies must be translated first. Data modes are never mixed.
 *
 * @throws LabelError `label-mode-mixed`, `label-policy-mixed`, `label-policy-unknown`
 */
export const joinLabels = (policies: Policies, a: Label, b: Label): Label =>
  join(policies, strictest(policies, a), strictest(policies, b));

/** A label that changes by itself is joined as the strictest of all that it becomes: what is made of it stays so. */
function strictest(policies: Policies, label: Label): Label {
  const { successor, ...now } = label;
  return successor ? join(policies, now, strictest(policies, successor.label)) : now;
}

function join(policies: Policies, a: Label, b: Label): Label {
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
  // Instants of labels have one length and sort as text.
  const embargo = [a.embargoUntil, b.embargoUntil]
    .filter((one) => one !== undefined)
    .sort()
    .at(-1);
  const releasable =
    a.releasableTo && b.releasableTo
      ? common(a.releasableTo, b.releasableTo)
      : (a.releasableTo ?? b.releasableTo);
  // A list of purposes that is empty means any.
  const anyPurpose = a.purposes.length === 0 || b.purposes.length === 0;
  return {
    policy: a.policy,
    classification: higher(policy, a.classification, b.classification),
    categories: joinCategories([...a.categories, ...b.categories]),
    caveats: union(a.caveats, b.caveats),
    ...(releasable && { releasableTo: releasable }),
    purposes: anyPurpose ? union(a.purposes, b.purposes) : narrowed(a.purposes, b.purposes),
    ...(embargo && { embargoUntil: embargo }),
    dataMode: a.dataMode,
  };
}
