import { categoryValue } from '@concord/label';
import type { AgreementCase, Rule } from '../rule.ts';

/** Of each permissive tag set the reader must hold at least one value. */
export const permissive: Rule<AgreementCase> = {
  name: 'permissive-categories',
  permits: ({ item, grant }) =>
    item.categories.every(
      ({ type, tagSet, values }) =>
        type !== 'PERMISSIVE' ||
        values.some((value) => grant?.compartments.includes(categoryValue(tagSet, value))),
    ),
  says: () => 'your grant holds none of its permissive categories',
};
