import { CATEGORY_TYPES, DATA_MODES, isItemKind, rank } from '@concord/label';
import type { ItemCase, Rule } from '../rule.ts';

const modes: ReadonlySet<string> = new Set(DATA_MODES);
const types: ReadonlySet<string> = new Set(CATEGORY_TYPES);

/**
 * Unlabelled or unknown means no: the policy must be known, the level in it, the kind, the data mode and how each
 * category restricts; and somebody must have originated the item.
 */
export const labelKnown: Rule<ItemCase> = {
  name: 'label-known',
  permits: ({ world, item }) => {
    const policy = world.policies.get(item.policy);
    return (
      policy !== undefined &&
      rank(policy, item.classification) >= 0 &&
      item.originators.length > 0 &&
      isItemKind(item.kind) &&
      modes.has(item.dataMode) &&
      item.categories.every(({ type }) => types.has(type))
    );
  },
  says: ({ item }) => `${item.policy} ${item.classification} is not a known level of a known policy`,
};
