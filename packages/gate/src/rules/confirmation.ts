import type { AgreementCase, Rule } from '../rule.ts';

/** Where the agreement asks for it, the home authority has confirmed the clearance lately. */
export const confirmation: Rule<AgreementCase> = {
  name: 'confirmation',
  permits: ({ agreement, reader, grant }) =>
    grant?.confirmed === true ||
    !(agreement.terms.access ?? []).some(
      (one) => one.party === reader.party && one.confirmation !== undefined,
    ),
  says: () => 'your home authority has not confirmed your clearance lately',
};
