import type { ClauseCase, Rule } from '../rule.ts';

/** While an incident is suspected, the clauses that the agreement names rest. */
export const suspicion: Rule<ClauseCase> = {
  name: 'suspicion',
  permits: ({ agreement, clause }) =>
    !agreement.suspicion || !agreement.terms.incidents?.suspend.includes(clause.id),
  says: ({ clause }) => `clause ${clause.id} rests while an incident is suspected`,
};
