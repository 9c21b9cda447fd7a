import { areaFact } from '../classify.ts';
import type { ClauseCase, Rule } from '../rule.ts';

/** The item lies in one of the areas of the whole agreement, judged as the clause's own area is. */
export const scopeArea: Rule<ClauseCase> = {
  name: 'scope-area',
  permits: ({ item, agreement, cell }) => {
    const names = agreement.terms.scope?.areas;
    if (names === undefined) return true;
    return agreement.terms.areas.some(
      (one) => names.includes(one.name) && item.areas.includes(areaFact(one, cell)),
    );
  },
  says: ({ agreement }) => `it does not lie within ${agreement.terms.scope?.areas?.join(' or ')}`,
};
