import type { ClauseCase, Rule } from '../rule.ts';

/** One purpose that the reader stated (or, stating none, was granted) serves the grant, the clause and the label. */
export const purpose: Rule<ClauseCase> = {
  name: 'purpose',
  permits: ({ item, reader, grant, clause }) => {
    if (clause.purposes.length === 0 && item.purposes.length === 0 && reader.purposes.length === 0)
      return true;
    const granted = grant?.purposes ?? [];
    const stated = reader.purposes.length === 0 ? granted : reader.purposes;
    return stated.some(
      (one) =>
        granted.includes(one) &&
        (clause.purposes.length === 0 || clause.purposes.includes(one)) &&
        (item.purposes.length === 0 || item.purposes.includes(one)),
    );
  },
  says: ({ clause }) =>
    `none of your purposes serves clause ${clause.id}${clause.purposes.length ? ` (${clause.purposes.join(', ')})` : ''}`,
};
