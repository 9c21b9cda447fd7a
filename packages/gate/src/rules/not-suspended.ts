import type { AgreementCase, Rule } from '../rule.ts';

/** The agreement is not suspended. */
export const notSuspended: Rule<AgreementCase> = {
  name: 'not-suspended',
  permits: ({ agreement }) => agreement.standing !== 'suspended',
  says: ({ agreement }) => `${agreement.terms.id} is suspended`,
};
