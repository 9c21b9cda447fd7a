import { dominates } from '@concord/label';
import type { ClauseCase, Rule } from '../rule.ts';

/** The item is not above the clause's ceiling, which stands in the originator's own classification. */
export const ceiling: Rule<ClauseCase> = {
  name: 'ceiling',
  permits: ({ world, item, agreement, clause }) => {
    const own = agreement.terms.parties.find((one) => one.id === clause.from)?.policy;
    const policy = own === item.policy ? world.policies.get(item.policy) : undefined;
    return policy !== undefined && dominates(policy, clause.ceiling, item.classification);
  },
  says: ({ item, clause }) =>
    `${item.policy} ${item.classification} is above the ceiling ${clause.ceiling} of clause ${clause.id}`,
};
