import type { ClauseCase, Rule } from '../rule.ts';

/** Every assurance on which the clause depends is live. */
export const assurance: Rule<ClauseCase> = {
  name: 'assurance',
  permits: ({ agreement, clause }) =>
    agreement.terms.assurances.every(
      ({ id, suspends }) => !suspends.includes(clause.id) || agreement.assurances.get(id) === 'live',
    ),
  says: ({ agreement, clause }) => {
    const broken = agreement.terms.assurances.filter(
      ({ id, suspends }) => suspends.includes(clause.id) && agreement.assurances.get(id) !== 'live',
    );
    return `clause ${clause.id} rests while ${broken.map((one) => one.id).join(', ')} is not live`;
  },
};
