import { CATEGORY_TYPES } from '../label.ts';
import { type Clearance, readClearance } from '../spif/clearance.ts';
import { readXml } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/tree.ts';
import { Vocabulary } from '../xml/vocabulary.ts';
import { LABEL_NAMESPACE } from './read-4774.ts';

export const CLEARANCE_NAMESPACE = 'urn:nato:stanag:4774:confidentialityclearance:1:0';

/**
 * Reads a ConfidentialityClearance: a policy, a list of classifications and categories, the last three as in a label of
 * ADatP-4774.
 *
 * @throws LabelError
 */
export function read4774Clearance(text: string): Clearance {
  const document = readXml(text);
  const { root } = document;
  const v = new Vocabulary(CLEARANCE_NAMESPACE, document, false);
  const label = new Vocabulary(LABEL_NAMESPACE, document, false);
  if (v.nameOf(root) !== 'ConfidentialityClearance') v.fail(root, 'is no ConfidentialityClearance');
  const list = root.children.filter((one) => one.namespace === CLEARANCE_NAMESPACE);
  const inside = label.children(
    { ...root, children: root.children.filter((one) => !list.includes(one)) },
    ['PolicyIdentifier'],
    ['Category'],
  );
  const classifications = v
    .children({ ...root, children: list }, ['ClassificationList'])
    .needed('ClassificationList', 'label-field');
  return readClearance({
    policy: label.textOf(inside.needed('PolicyIdentifier', 'label-field')),
    classifications: label
      .children(classifications, [], ['Classification'])
      .all('Classification')
      .map((one) => label.textOf(one)),
    categories: inside.all('Category').map((one) => readCategory(label, one)),
  });
}

function readCategory(v: Vocabulary, element: XmlElement): unknown {
  const its = v.attributes(element, ['TagName', 'Type', 'URI']);
  const type = CATEGORY_TYPES.find((one) => one === its.get('Type') && one !== 'INFORMATIVE');
  const values = v.children(element, [], ['GenericValue']).all('GenericValue');
  return {
    tagSet: its.get('TagName'),
    type: type ?? v.fail(element, `"${its.get('Type')}" decides nothing in a clearance`, 'label-field'),
    values: values.map((one) => v.textOf(one)),
  };
}
