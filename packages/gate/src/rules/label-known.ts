import { rank } from '@concord/label';
import type { ItemCase, Rule } from '../rule.ts';

/** Unlabelled or unknown means no: the policy must be known, and the level in it. */
export const labelKnown: Rule<ItemCase> = {
  name: 'label-known',
  permits: ({ world, item }) => {
    const policy = world.policies.get(item.policy);
    return policy !== undefined && rank(policy, item.classification) >= 0 && item.originators.length > 0;
  },
  says: ({ item }) => `${item.policy} ${item.classification} is not a known level of a known policy`,
};
