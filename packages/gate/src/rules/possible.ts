import { canOblige } from '@concord/agreement';
import type { ClauseCase, Rule } from '../rule.ts';

/** What the clause obliges to can be done to this kind. */
export const possible: Rule<ClauseCase> = {
  name: 'obligations-possible',
  permits: ({ item, clause }) => canOblige(item.kind, clause.obligations),
  says: ({ item, clause }) => `what clause ${clause.id} obliges to cannot be done to ${item.kind}`,
};
