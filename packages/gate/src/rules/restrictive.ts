import { holdsRestrictive } from '../held.ts';
import type { AgreementCase, Rule } from '../rule.ts';

/** Of a restrictive tag set the reader must hold every value. */
export const restrictive: Rule<AgreementCase> = {
  name: 'restrictive-categories',
  permits: ({ item, grant }) => holdsRestrictive(item.categories, grant?.compartments ?? []),
  says: () => 'your grant does not hold every restrictive category of it',
};
