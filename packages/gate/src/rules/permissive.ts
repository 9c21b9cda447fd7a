import { holdsPermissive } from '../held.ts';
import type { AgreementCase, Rule } from '../rule.ts';

/** Of each permissive tag set the reader must hold at least one value. */
export const permissive: Rule<AgreementCase> = {
  name: 'permissive-categories',
  permits: ({ item, grant }) => holdsPermissive(item.categories, grant?.compartments ?? []),
  says: () => 'your grant holds none of its permissive categories',
};
