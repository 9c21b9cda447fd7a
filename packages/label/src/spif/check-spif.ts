import type { XmlElement } from '../xml/tree.ts';
import type { Vocabulary } from '../xml/vocabulary.ts';
import { type CategoryGroup, type CategoryRef, effectOf, type Spif } from './spif.ts';

/**
 * What the schema demands beyond its grammar and a label needs besides: nothing twice, no reference to nothing, and
 * values that a tag set, a type and a name tell apart, since that is all that a label in ADatP-4774 says of them.
 */
export function checkSpif(v: Vocabulary, root: XmlElement, spif: Spif): void {
  const wrong = (why: string): never => v.fail(root, why, 'spif-conflict');
  const unique = (what: string, names: readonly (string | undefined)[]) => {
    const there = names.filter((one) => one !== undefined);
    const seen = new Set<string>();
    for (const one of there) if (seen.size === seen.add(one).size) wrong(`Duplicate ${what} ${one}`);
  };
  const { classifications, tagSets, equivalentPolicies } = spif;
  const policies = [...equivalentPolicies, ...(spif.defaultPolicy ? [spif.defaultPolicy] : [])];
  unique(
    'classification name',
    classifications.map((one) => one.name),
  );
  unique(
    'classification',
    classifications.map((one) => one.lacv),
  );
  unique(
    'colour',
    classifications.map((one) => one.color),
  );
  unique(
    'tag set name',
    tagSets.map((one) => one.name),
  );
  unique(
    'tag set id',
    tagSets.map((one) => one.id),
  );
  unique(
    'equivalent policy',
    policies.map((one) => one.name),
  );
  unique(
    'equivalent policy id',
    policies.map((one) => one.id),
  );

  const levels = new Set(classifications.map((one) => one.name));
  const known = new Set(policies.map((one) => one.name));
  const sets = new Set(tagSets.map((one) => one.name));
  const policy = (name: string) => known.has(name) || wrong(`"${name}" is no equivalent policy of this one`);
  const level = (name: string) => levels.has(name) || wrong(`Unknown classification in exclusion: "${name}"`);
  const refs = (all: readonly CategoryRef[]) => {
    for (const one of all) if (!sets.has(one.tagSet)) wrong(`"${one.tagSet}" is no tag set of this policy`);
  };
  const groups = (all: readonly CategoryGroup[]) => {
    for (const one of all) refs(one.categories);
  };
  for (const one of classifications) {
    groups(one.required);
    for (const other of one.equivalents) policy(other.policy);
  }
  for (const set of tagSets) {
    for (const one of set.equivalents) policy(one.policy);
    const categories = set.tags.flatMap((tag) => tag.categories.map((one) => ({ tag, one })));
    const fixed = categories.filter(({ one }) => one.userInput === undefined);
    unique(
      'category',
      fixed.map(({ tag, one }) => `${set.name}: ${effectOf(tag)} ${one.name}`),
    );
    unique(
      'category value',
      fixed.map(({ tag, one }) => `${set.name}: ${tag.tagType} ${tag.enumType ?? ''} ${one.lacv}`),
    );
    for (const { one } of categories) {
      for (const name of one.excludedClasses) level(name);
      if (one.requiredClass !== undefined) level(one.requiredClass);
      for (const other of one.equivalents) policy(other.policy);
      groups(one.required);
      refs(one.excluded);
    }
  }
}
