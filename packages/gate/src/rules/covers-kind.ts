import type { ClauseCase, Rule } from '../rule.ts';

/** The clause covers this kind of item. */
export const coversKind: Rule<ClauseCase> = {
  name: 'covers-kind',
  permits: ({ item, clause }) => clause.covers.includes(item.kind),
  says: ({ item, clause }) => `clause ${clause.id} does not cover ${item.kind}`,
};
