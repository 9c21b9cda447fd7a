import type { ClauseCase, Rule } from '../rule.ts';

/** The clause's embargo, where it has one, has passed. */
export const embargo: Rule<ClauseCase> = {
  name: 'embargo',
  permits: ({ agreement, clause }) =>
    clause.embargo === undefined || (agreement.opened?.includes(clause.id) ?? false),
  says: ({ clause }) => `clause ${clause.id} permits nothing yet`,
};
