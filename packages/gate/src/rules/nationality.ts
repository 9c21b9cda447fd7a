import type { AgreementCase, Rule } from '../rule.ts';

/** Where the agreement names nationalities, the reader is of one of them; one that is not known is none. */
export const nationality: Rule<AgreementCase> = {
  name: 'nationality',
  permits: ({ agreement, reader }) =>
    (agreement.terms.access ?? []).every(
      ({ party, nationals }) =>
        party !== reader.party ||
        nationals === undefined ||
        (reader.nationality !== undefined && nationals.includes(reader.nationality)),
    ),
  says: () => 'nationals of third states do not receive under it',
};
