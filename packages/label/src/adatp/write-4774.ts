import { LabelError } from '../error.ts';
import type { XmlAttribute, XmlTree } from '../xml/tree.ts';
import { writeXml } from '../xml/write-xml.ts';
import type { MetadataLabel, TimedLabel } from './metadata-label.ts';
import { ownCategories, type TaggedValues } from './own-categories.ts';
import { LABEL_NAMESPACE } from './read-4774.ts';
import { checkSuccession } from './succession.ts';

function element(
  name: string,
  values: Readonly<Record<string, string | undefined>>,
  content: readonly XmlTree[] | string,
): XmlTree {
  const attributes: XmlAttribute[] = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ name: key, namespace: '', value }],
  );
  const inside =
    typeof content === 'string' ? { children: [], text: content } : { children: content, text: '' };
  return { name, namespace: LABEL_NAMESPACE, attributes, ...inside };
}

const category = ({ tagName, type, values }: TaggedValues, uri: string | undefined): XmlTree =>
  element(
    'Category',
    { Type: type, TagName: tagName, URI: uri },
    values.map((value) => element('GenericValue', {}, value)),
  );

function content(one: TimedLabel): XmlTree[] {
  const { label, policyUri, tagSetUris, originator, created, succession } = one;
  if (created === undefined)
    throw new LabelError('label-field', 'CreationDateTime', 'is missing: ADatP-4774 asks for it');
  const said = label.categories.map(({ tagSet, type, values }) => ({ tagName: tagSet, type, values }));
  return [
    element('ConfidentialityInformation', {}, [
      element('PolicyIdentifier', { URI: policyUri }, label.policy),
      element('Classification', {}, label.classification),
      ...said.map((its) => category(its, tagSetUris?.get(its.tagName))),
      ...ownCategories(label).map((its) => category(its, undefined)),
    ]),
    ...(originator ? [element('OriginatorID', { IDType: originator.type }, originator.id)] : []),
    element('CreationDateTime', {}, created),
    ...(succession
      ? [
          element('SuccessionHandling', {}, [
            element('SuccessionDateTime', {}, succession.at),
            element(
              'SuccessorConfidentialityLabel',
              { ReviewDateTime: succession.successor.review },
              content(succession.successor),
            ),
          ]),
        ]
      : []),
  ];
}

/**
 * Writes a confidentiality metadata label of ADatP-4774; `read4774` reads an equal one back. The time of creation is
 * required.
 *
 * @throws LabelError `label-field`, `label-succession`
 */
export function write4774(label: MetadataLabel): string {
  checkSuccession(label);
  const root = element(`${label.role}ConfidentialityLabel`, { ReviewDateTime: label.review }, content(label));
  return writeXml(root, new Map([[LABEL_NAMESPACE, 'slab']]));
}
