import type { Category } from '../label.ts';
import { type PolicyReason, reason } from './reason.ts';
import { type Classification, effectOf, type Spif, type Tag, type TagCategory, type TagSet } from './spif.ts';

/** A category value of a label together with what its policy says of it; `value` is what the label says. */
export interface Resolved {
  readonly set: TagSet;
  readonly tag: Tag;
  readonly category: TagCategory;
  readonly value: string;
}

export const classificationOf = (spif: Spif, name: string): Classification | undefined =>
  spif.classifications.find((one) => one.name === name);

const fits = (category: TagCategory, value: string): boolean => {
  if (category.userInput === 'integer') return /^\d{1,15}$/.test(value);
  if (category.userInput === 'date') return /^\d/.test(value) && Number.isFinite(Date.parse(value));
  return category.userInput === 'string';
};

/**
 * Finds what a label's categories are in its policy, in the order of the policy, which is that of markings. What the
 * policy does not know becomes a reason: unknown means deny.
 */
export function resolveCategories(
  spif: Spif,
  categories: readonly Category[],
): { found: readonly Resolved[]; reasons: readonly PolicyReason[] } {
  const wanted = new Map(
    categories.flatMap(({ tagSet, type, values }) =>
      values.map((value) => [JSON.stringify([tagSet, type, value]), { tagSet, type, value }] as const),
    ),
  );
  const found: Resolved[] = [];
  for (const set of spif.tagSets)
    for (const tag of set.tags)
      for (const category of tag.categories)
        for (const [key, { tagSet, type, value }] of wanted) {
          const its = tagSet === set.name && type === effectOf(tag);
          if (!its || (category.userInput ? !fits(category, value) : category.name !== value)) continue;
          found.push({ set, tag, category, value });
          wanted.delete(key);
        }
  const reasons = [...wanted.values()].map(({ tagSet, type, value }) =>
    reason('category-unknown', `"${value}" is no ${type} category of the tag set "${tagSet}"`),
  );
  return { found, reasons };
}
