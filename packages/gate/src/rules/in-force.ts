import type { AgreementCase, Rule } from '../rule.ts';

/** The agreement has begun and has not ended. */
export const inForce: Rule<AgreementCase> = {
  name: 'in-force',
  permits: ({ agreement }) => agreement.standing === 'in-force' || agreement.standing === 'suspended',
  says: ({ agreement }) =>
    `${agreement.terms.id} is ${agreement.standing === 'not-yet' ? 'not yet in force' : 'ended'}`,
};
