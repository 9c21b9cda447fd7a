import { neededLevel } from '@concord/agreement';
import { dominates } from '@concord/label';
import type { AgreementCase, Rule } from '../rule.ts';

/** The reader's confirmed level protects at least as the item's does, by the agreement's table of equivalence. */
export const clearance: Rule<AgreementCase> = {
  name: 'clearance',
  permits: ({ world, item, reader, agreement, grant }) => {
    const own = agreement.terms.parties.find((one) => one.id === reader.party)?.policy;
    const policy = own === undefined ? undefined : world.policies.get(own);
    if (!grant || !policy) return false;
    const needed = neededLevel(agreement.terms, world.policies, item.policy, item.classification, policy.id);
    return needed !== undefined && dominates(policy, grant.level, needed);
  },
  says: ({ item, grant }) =>
    `a clearance of ${grant?.level ?? 'no level'} does not reach ${item.policy} ${item.classification} by the table of equivalence`,
};
