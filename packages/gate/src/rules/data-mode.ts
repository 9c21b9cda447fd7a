import type { ClauseCase, Rule } from '../rule.ts';

/** The clause is for data of this mode. */
export const dataMode: Rule<ClauseCase> = {
  name: 'data-mode',
  permits: ({ item, clause }) => clause.dataModes === undefined || clause.dataModes.includes(item.dataMode),
  says: ({ item, clause }) => `clause ${clause.id} is not for ${item.dataMode} data`,
};
