import type { CheckedLabel } from './check-label.ts';
import type { Clearance } from './clearance.ts';
import { type PolicyReason, reason } from './reason.ts';
import { type Resolved, resolveCategories } from './resolve.ts';
import { effectOf, type Spif, type Tag } from './spif.ts';

const held = (one: Resolved, all: readonly Resolved[]): boolean =>
  all.some((other) => other.category === one.category && other.value === one.value);

/**
 * Why a clearance does not suffice for a label; nothing where it does. The label's classification is one of those that
 * are held (a clearance names each, a higher one does not stand for a lower); every restrictive value is held; of each
 * tag with permissive values at least one; informative ones decide nothing. A label that its policy does not allow
 * goes to nobody.
 */
export function whyNot(spif: Spif, label: CheckedLabel, clearance: Clearance): readonly PolicyReason[] {
  const found: PolicyReason[] = [...label.reasons];
  if (clearance.policy !== spif.name)
    found.push(
      reason('other-policy', `the clearance is of the policy ${clearance.policy}, not ${spif.name}`),
    );
  const { found: own, reasons } = resolveCategories(spif, clearance.categories);
  for (const { text } of reasons) found.push(reason('clearance-unknown', `in the clearance: ${text}`));
  for (const name of clearance.classifications)
    if (!spif.classifications.some((one) => one.name === name))
      found.push(
        reason('clearance-unknown', `in the clearance: "${name}" is no classification of ${spif.name}`),
      );
  const level = label.classification?.name;
  if (level !== undefined && !clearance.classifications.includes(level))
    found.push(reason('classification-not-held', `${level} is not held`));
  const permissive = new Map<Tag, Resolved[]>();
  for (const one of label.categories) {
    const effect = effectOf(one.tag);
    if (effect === 'RESTRICTIVE' && !held(one, own))
      found.push(reason('category-not-held', `"${one.value}" of "${one.set.name}" is not held`));
    if (effect === 'PERMISSIVE') permissive.set(one.tag, [...(permissive.get(one.tag) ?? []), one]);
  }
  for (const [tag, values] of permissive)
    if (!values.some((one) => held(one, own))) {
      const names = values.map((one) => `"${one.value}"`).join(', ');
      found.push(
        reason('category-not-held', `none of ${names} of "${tag.name ?? values[0]?.set.name}" is held`),
      );
    }
  return found;
}
