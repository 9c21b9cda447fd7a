import { type Category, categoryValue, NOBODY } from '@concord/label';

const holds = (compartments: readonly string[], tagSet: string, value: string): boolean =>
  value !== NOBODY && compartments.includes(categoryValue(tagSet, value));

/** Of a restrictive tag set a reader must hold every value. */
export const holdsRestrictive = (categories: readonly Category[], compartments: readonly string[]): boolean =>
  categories.every(
    ({ type, tagSet, values }) =>
      type !== 'RESTRICTIVE' || values.every((value) => holds(compartments, tagSet, value)),
  );

/** Of each permissive tag set a reader must hold at least one value. */
export const holdsPermissive = (categories: readonly Category[], compartments: readonly string[]): boolean =>
  categories.every(
    ({ type, tagSet, values }) =>
      type !== 'PERMISSIVE' || values.some((value) => holds(compartments, tagSet, value)),
  );
