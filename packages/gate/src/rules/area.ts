import { areaFact } from '../classify.ts';
import type { ClauseCase, Rule } from '../rule.ts';

/** The item lies in the clause's area: as itself, or, where it is released as a cell, with that whole cell. */
export const area: Rule<ClauseCase> = {
  name: 'area',
  permits: ({ item, agreement, clause, cell }) => {
    if (clause.within === undefined) return true;
    const found = agreement.terms.areas.find((one) => one.name === clause.within);
    return found !== undefined && item.areas.includes(areaFact(found, cell));
  },
  says: ({ clause }) => `it does not lie within ${clause.within}`,
};
