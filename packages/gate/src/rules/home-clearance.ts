import { categoryValue, dominates } from '@concord/label';
import type { OriginatorCase, Rule } from '../rule.ts';

const reads: ReadonlySet<string> = new Set(['officer', 'engineer', 'service']);

/** The originator's own officers read with their own clearance; no agreement is needed, caveats do not bind them. */
export const homeClearance: Rule<OriginatorCase> = {
  name: 'home-clearance',
  permits: ({ world, item, reader }) => {
    const policy = world.policies.get(item.policy);
    const holds = (tagSet: string) => (value: string) =>
      reader.home.compartments.includes(categoryValue(tagSet, value));
    return (
      policy !== undefined &&
      reader.roles.some((role) => reads.has(role)) &&
      dominates(policy, reader.home.level, item.classification) &&
      item.categories.every(({ type, tagSet, values }) =>
        type === 'RESTRICTIVE'
          ? values.every(holds(tagSet))
          : type === 'INFORMATIVE' || values.some(holds(tagSet)),
      )
    );
  },
  says: ({ item, reader }) =>
    `your own clearance ${reader.home.level} does not reach ${item.policy} ${item.classification}`,
};
