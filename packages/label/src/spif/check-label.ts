import type { Label } from '../label.ts';
import { type PolicyReason, reason } from './reason.ts';
import { classificationOf, type Resolved, resolveCategories } from './resolve.ts';
import type { CategoryGroup, CategoryRef, Classification, Spif, Validity } from './spif.ts';

/** A label as its policy sees it: `classification` is missing where the policy does not know it. */
export interface CheckedLabel {
  readonly valid: boolean;
  readonly classification: Classification | undefined;
  readonly categories: readonly Resolved[];
  readonly reasons: readonly PolicyReason[];
}

const matches = (ref: CategoryRef, { set, tag, category }: Resolved): boolean =>
  ref.tagSet === set.name &&
  ref.tagType === tag.tagType &&
  ref.enumType === tag.enumType &&
  (ref.lacv === undefined || ref.lacv === category.lacv);

/** Whether the categories of a label are what a group asks for. */
export function satisfies(group: CategoryGroup, categories: readonly Resolved[]): boolean {
  const there = group.categories.filter((ref) => categories.some((one) => matches(ref, one)));
  if (group.operation === 'all') return there.length === group.categories.length;
  const which = categories.filter((one) => group.categories.some((ref) => matches(ref, one)));
  return group.operation === 'onlyOne' ? which.length === 1 : which.length > 0;
}

const WORDS = { onlyOne: 'one only', oneOrMore: 'one or more', all: 'all' } as const;
const missing = (what: string, { operation, categories }: CategoryGroup): PolicyReason => {
  const sets = [...new Set(categories.map((one) => `"${one.tagSet}"`))].join(', ');
  return reason('category-missing', `${what} requires ${WORDS[operation]} of certain categories of ${sets}`);
};

function inForce(what: string, { notBefore, notAfter }: Validity, at: number): PolicyReason[] {
  const early = notBefore !== undefined && at < Date.parse(notBefore);
  const late = notAfter !== undefined && at > Date.parse(notAfter);
  if (!early && !late) return [];
  return [
    reason(
      'not-in-force',
      `${what} is ${early ? `not valid before ${notBefore}` : `valid until ${notAfter}`}`,
    ),
  ];
}

function checkCategory(
  one: Resolved,
  level: Classification | undefined,
  all: readonly Resolved[],
): PolicyReason[] {
  const { category, value } = one;
  const found: PolicyReason[] = [];
  if (level && category.excludedClasses.includes(level.name))
    found.push(reason('class-excluded', `"${value}" cannot stand with ${level.name}`));
  if (category.requiredClass !== undefined && category.requiredClass !== level?.name)
    found.push(reason('class-required', `"${value}" stands with ${category.requiredClass} only`));
  for (const group of category.required) if (!satisfies(group, all)) found.push(missing(`"${value}"`, group));
  for (const ref of category.excluded)
    for (const other of all)
      if (other !== one && matches(ref, other))
        found.push(reason('category-excluded', `"${value}" cannot stand with "${other.value}"`));
  return found;
}

function checkSelections(spif: Spif, categories: readonly Resolved[]): PolicyReason[] {
  return spif.tagSets.flatMap((set) =>
    set.tags.flatMap((tag) => {
      const count = categories.filter((one) => one.tag === tag).length;
      const most = Math.min(
        tag.singleSelection ? 1 : Number.POSITIVE_INFINITY,
        tag.maxSelection ?? Number.POSITIVE_INFINITY,
      );
      const least = tag.minSelection ?? 0;
      if (count >= least && count <= most) return [];
      const what = `${count} categories of "${tag.name ?? set.name}", where `;
      return [reason('selection', what + (count > most ? `${most} is the most` : `${least} is the least`))];
    }),
  );
}

/** Fields of a label that a SPIF has no rule for: a decision by the policy alone would not enforce them. */
function beyond(label: Label): PolicyReason[] {
  const has: string[] = [];
  if (label.caveats.length > 0) has.push('caveats');
  if (label.releasableTo !== undefined) has.push('releasableTo');
  if (label.purposes.length > 0) has.push('purposes');
  if (label.embargoUntil !== undefined) has.push('embargoUntil');
  return has.map((field) => reason('beyond-policy', `${field}: a SPIF has no rule for it`));
}

/**
 * Whether a label is one that its policy allows, and all reasons why not. With `at` (milliseconds since 1970) the
 * policy and the categories must be in force then.
 */
export function checkLabel(spif: Spif, label: Label, at?: number): CheckedLabel {
  const classification = classificationOf(spif, label.classification);
  const { found: categories, reasons } = resolveCategories(spif, label.categories);
  const all: PolicyReason[] = [...reasons, ...beyond(label)];
  if (label.policy !== spif.name)
    all.unshift(reason('other-policy', `the label is of the policy ${label.policy}, not ${spif.name}`));
  if (!classification)
    all.unshift(
      reason('classification-unknown', `"${label.classification}" is no classification of ${spif.name}`),
    );
  for (const group of classification?.required ?? [])
    if (!satisfies(group, categories)) all.push(missing(`"${classification?.name}"`, group));
  for (const one of categories) all.push(...checkCategory(one, classification, categories));
  all.push(...checkSelections(spif, categories));
  if (at !== undefined) {
    all.push(...inForce(`the policy ${spif.name}`, spif.head.validity, at));
    for (const { category, value } of categories) all.push(...inForce(`"${value}"`, category.validity, at));
  }
  return { valid: all.length === 0, classification, categories, reasons: all };
}
