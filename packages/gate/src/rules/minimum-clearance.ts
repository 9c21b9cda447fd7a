import type { Access } from '@concord/agreement';
import { dominates } from '@concord/label';
import type { AgreementCase, Rule } from '../rule.ts';

const accessOf = ({ agreement, reader }: AgreementCase): readonly Access[] =>
  (agreement.terms.access ?? []).filter((one) => one.party === reader.party);

/** The reader's clearance is at least what the agreement asks of its party's officers. */
export const minimumClearance: Rule<AgreementCase> = {
  name: 'minimum-clearance',
  permits: (c) => {
    const own = c.agreement.terms.parties.find((one) => one.id === c.reader.party)?.policy;
    const policy = own === undefined ? undefined : c.world.policies.get(own);
    return accessOf(c).every(
      ({ minimum }) =>
        minimum === undefined ||
        (policy !== undefined && c.grant !== undefined && dominates(policy, c.grant.level, minimum)),
    );
  },
  says: (c) => `a clearance of ${accessOf(c)[0]?.minimum} at least is needed`,
};
