import type { AgreementCase, Rule } from '../rule.ts';

/** The reader has a grant under the agreement that is valid now; the facts of a reader hold no other. */
export const grantValid: Rule<AgreementCase> = {
  name: 'grant-valid',
  permits: ({ grant }) => grant !== undefined,
  says: ({ agreement }) => `you have no valid grant under ${agreement.terms.id}`,
};
