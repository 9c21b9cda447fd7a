import { XML_NAMESPACE, type XmlAttribute, type XmlTree } from '../xml/tree.ts';
import { writeXml } from '../xml/write-xml.ts';
import { SPIF_NAMESPACE } from './read-spif.ts';
import type {
  CategoryGroup,
  CategoryRef,
  Classification,
  Markings,
  ObjectId,
  Qualifier,
  Spif,
  TagCategory,
  TagKind,
  TagSet,
} from './spif.ts';

type Value = string | number | boolean | undefined;

/** An element of the SPIF namespace; a value that is not there, or `false`, is the schema's default: not written. */
function element(
  name: string,
  values: Readonly<Record<string, Value>>,
  children: readonly XmlTree[] = [],
  language?: string,
): XmlTree {
  const attributes: XmlAttribute[] = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([key, value]) => ({ name: key, namespace: '', value: String(value) }));
  if (language) attributes.unshift({ name: 'lang', namespace: XML_NAMESPACE, value: language });
  return { name, namespace: SPIF_NAMESPACE, attributes, children, text: '' };
}

const textElement = (name: string, text: string): XmlTree => ({ ...element(name, {}), text });
const kind = ({ tagType, enumType }: TagKind) => ({ tagType, enumType });

const qualifiers = (all: readonly Qualifier[]): XmlTree[] =>
  all.map(({ code, parts }) =>
    element(
      'markingQualifier',
      { markingCode: code },
      parts.map(({ is, text, language }) =>
        element('qualifier', { markingQualifier: text, qualifierCode: is }, [], language),
      ),
    ),
  );

const markings = ({ data, qualifiers: its }: Markings): XmlTree[] => [
  ...data.map(({ phrase, codes, language }) =>
    element(
      'markingData',
      { phrase },
      codes.map((code) => textElement('code', code)),
      language,
    ),
  ),
  ...qualifiers(its),
];

const reference = (name: string, { tagSet, lacv, all, ...rest }: CategoryRef): XmlTree =>
  element(name, { tagSetRef: tagSet, ...kind(rest), lacv, all });

const groups = (all: readonly CategoryGroup[]): XmlTree[] =>
  all.map(({ operation, categories }) =>
    element(
      'requiredCategory',
      { operation },
      categories.map((one) => reference('categoryGroup', one)),
    ),
  );

const objectId = (name: string, one: ObjectId): XmlTree =>
  element(name, { name: one.name, id: one.id }, markings(one.markings));

const classification = (one: Classification): XmlTree =>
  element(
    'securityClassification',
    {
      name: one.name,
      color: one.color,
      lacv: one.lacv,
      hierarchy: one.hierarchy,
      obsolete: one.obsolete,
    },
    [
      ...one.equivalents.map(({ policy, lacv, applied, required }) =>
        element('equivalentClassification', { policyRef: policy, lacv, applied }, groups(required)),
      ),
      ...markings(one.markings),
      ...groups(one.required),
    ],
  );

const category = (one: TagCategory): XmlTree =>
  element(
    'tagCategory',
    {
      name: one.name,
      lacv: one.lacv,
      userInput: one.userInput,
      requiredClass: one.requiredClass,
      obsolete: one.obsolete,
      dateFormat: one.dateFormat,
      ...one.validity,
    },
    [
      ...one.equivalents.map(({ policy, tagSetId, lacv, applied, discard, ...rest }) =>
        element('equivalentSecCategoryTag', {
          policyRef: policy,
          tagSetId,
          ...kind(rest),
          lacv,
          applied,
          action: discard ? 'discard' : undefined,
        }),
      ),
      ...markings(one.markings),
      ...one.excludedClasses.map((name) => textElement('excludedClass', name)),
      ...groups(one.required),
      ...one.excluded.map((ref) => reference('excludedCategory', ref)),
    ],
  );

const tagSet = ({ name, id, tags, equivalents }: TagSet): XmlTree =>
  element('securityCategoryTagSet', { name, id }, [
    ...tags.map((tag) =>
      element(
        'securityCategoryTag',
        {
          name: tag.name,
          ...kind(tag),
          tag7Encoding: tag.tag7Encoding,
          singleSelection: tag.singleSelection,
          maxSelection: tag.maxSelection,
          minSelection: tag.minSelection,
        },
        [...tag.categories.map(category), ...qualifiers(tag.qualifiers)],
      ),
    ),
    ...equivalents.map(({ policy, name: other, id: its, required }) =>
      element(
        'equivalentSecurityCategoryTagSet',
        { policyRef: policy, name: other, id: its },
        groups(required),
      ),
    ),
  ]);

const privacyMarks = ({
  maxSelection,
  minSelection,
  marks,
  markings: its,
}: NonNullable<Spif['privacyMarks']>) =>
  element('privacyMarks', { maxSelection, minSelection }, [
    ...marks.map((one) =>
      element('privacyMark', { name: one.name, obsolete: one.obsolete }, markings(one.markings)),
    ),
    ...markings(its),
  ]);

/** Writes a policy as Open XML SPIF 2.1, in the order of its schema; `readSpif` reads an equal one back. */
export function writeSpif(spif: Spif): string {
  const { validity, ...head } = spif.head;
  const some = (name: string, children: readonly XmlTree[]) =>
    children.length > 0 ? [element(name, {}, children)] : [];
  const root = element('SPIF', { ...head, ...validity }, [
    ...(spif.defaultPolicy ? [objectId('defaultSecurityPolicyId', spif.defaultPolicy)] : []),
    objectId('securityPolicyId', { name: spif.name, id: spif.id, markings: spif.policyMarkings }),
    element('securityClassifications', { name: spif.classificationsName }, [
      ...spif.classifications.map(classification),
      ...markings(spif.classificationMarkings),
    ]),
    ...some('securityCategoryTagSets', spif.tagSets.map(tagSet)),
    ...(spif.privacyMarks ? [privacyMarks(spif.privacyMarks)] : []),
    ...some(
      'equivalentPolicies',
      spif.equivalentPolicies.map(({ required, ...its }) =>
        element('equivalentPolicy', its, groups(required)),
      ),
    ),
    ...markings(spif.markings),
    ...(spif.extensions ? [element('extensions', {}, spif.extensions)] : []),
  ]);
  return writeXml(root, new Map([[SPIF_NAMESPACE, 'spif']]));
}
