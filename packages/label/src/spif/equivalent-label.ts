import { LabelError } from '../error.ts';
import type { PolicyId } from '../ids.ts';
import { readLabel } from '../json.ts';
import type { Label } from '../label.ts';
import { checkLabel, satisfies } from './check-label.ts';
import type { Resolved } from './resolve.ts';
import {
  type Applied,
  type CategoryGroup,
  type CategoryRef,
  effectOf,
  type Spif,
  type TagKind,
} from './spif.ts';

const none = (why: string): never => {
  throw new LabelError('label-no-equivalent', '', why);
};

/** The category of a policy that a reference means: that value of that kind. */
function categoryAt(
  spif: Spif,
  isSet: (set: { name: string; id: string }) => boolean,
  kind: TagKind,
  lacv?: string,
): Resolved {
  const set = spif.tagSets.find(isSet);
  for (const tag of set?.tags ?? [])
    if (set && tag.tagType === kind.tagType && tag.enumType === kind.enumType)
      for (const category of tag.categories)
        if (category.lacv === lacv) return { set, tag, category, value: category.name };
  return none(`${spif.name} has no category ${lacv ?? ''} of that kind`);
}

/** Adds what a group asks for; where it leaves a choice and nothing is chosen, there is no equivalent. */
function added(spif: Spif, group: CategoryGroup, there: readonly Resolved[]): readonly Resolved[] {
  if (satisfies(group, there)) return there;
  if (group.operation !== 'all' && group.categories.length > 1)
    return none(`${spif.name} asks for a category and leaves a choice`);
  const asked = group.categories.map((ref: CategoryRef) =>
    categoryAt(spif, (set) => set.name === ref.tagSet, ref, ref.lacv),
  );
  return [...there, ...asked];
}

/**
 * The label of another policy that protects as this one does, by what the SPIF of this one says of equivalents: what
 * the originator may do before sending (`encrypt`) or the recipient on arrival (`decrypt`). Everything in the label
 * must have an equivalent, or say that it may be left out; and the result must be a label which the other policy allows.
 *
 * @throws LabelError `label-no-equivalent`
 */
export function equivalentLabel(
  from: Spif,
  to: Spif,
  label: Label,
  by: Exclude<Applied, 'both'> = 'encrypt',
): Label {
  const policy = from.equivalentPolicies.find((one) => one.id === to.id);
  if (!policy) return none(`${from.name} names no equivalents of ${to.name}`);
  const checked = checkLabel(from, label);
  if (!checked.valid) none(`the label is none of ${from.name}: ${checked.reasons[0]?.text}`);
  const usable = (one: { policy: string; applied: Applied }) =>
    one.policy === policy.name && (one.applied === 'both' || one.applied === by);
  const levels = checked.classification?.equivalents.filter(usable) ?? [];
  const [level] = levels;
  const target = to.classifications.find((one) => one.lacv === level?.lacv);
  if (!level || !target || levels.length > 1)
    return none(`${label.classification} has no one equivalent in ${to.name}`);
  let categories: readonly Resolved[] = [];
  for (const { category, value } of checked.categories) {
    const its = category.equivalents.filter(usable);
    if (its.length === 0) none(`"${value}" has no equivalent in ${to.name}`);
    const kept = its
      .filter((one) => !one.discard)
      .map((one) => categoryAt(to, (set) => set.id === one.tagSetId, one, one.lacv));
    categories = [...categories, ...kept];
  }
  const sets = from.tagSets.filter((set) => checked.categories.some((one) => one.set === set));
  const bySet = sets.flatMap((set) => set.equivalents.filter((one) => one.policy === policy.name));
  for (const group of [...level.required, ...policy.required, ...bySet.flatMap((one) => one.required)])
    categories = added(to, group, categories);
  const other = readLabel({
    policy: to.name as PolicyId,
    classification: target.name,
    categories: grouped(categories),
    dataMode: label.dataMode,
  });
  const result = checkLabel(to, other);
  return result.valid ? other : none(`${to.name} does not allow the result: ${result.reasons[0]?.text}`);
}

/** Category values as they stand in a label: together where tag set and type are the same. */
export function grouped(categories: readonly Pick<Resolved, 'set' | 'tag' | 'value'>[]): unknown[] {
  const groups = new Map<string, { tagSet: string; type: string; values: string[] }>();
  for (const { set, tag, value } of categories) {
    const key = `${effectOf(tag)}:${set.name}`;
    const group = groups.get(key) ?? { tagSet: set.name, type: effectOf(tag), values: [] };
    group.values.push(value);
    groups.set(key, group);
  }
  return [...groups.values()];
}
