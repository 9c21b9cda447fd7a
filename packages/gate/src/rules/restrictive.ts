import { categoryValue } from '@concord/label';
import type { AgreementCase, Rule } from '../rule.ts';

/** Of a restrictive tag set the reader must hold every value. */
export const restrictive: Rule<AgreementCase> = {
  name: 'restrictive-categories',
  permits: ({ item, grant }) =>
    item.categories.every(
      ({ type, tagSet, values }) =>
        type !== 'RESTRICTIVE' ||
        values.every((value) => grant?.compartments.includes(categoryValue(tagSet, value))),
    ),
  says: () => 'your grant does not hold every restrictive category of it',
};
