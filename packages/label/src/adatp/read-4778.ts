import { readXml } from '../xml/read-xml.ts';
import type { Notice, XmlElement } from '../xml/tree.ts';
import { type Children, Vocabulary } from '../xml/vocabulary.ts';
import type { MetadataLabel } from './metadata-label.ts';
import { LABEL_NAMESPACE, type LabelReading, readMetadataLabel } from './read-4774.ts';

export const BINDING_NAMESPACE = 'urn:nato:stanag:4778:bindinginformation:1:0';
const SIGNATURE_NAMESPACE = 'http://www.w3.org/2000/09/xmldsig#';
const MIME_NAMESPACE = 'http://www.w3.org/2005/05/xmlmime';

/** What the labels are bound to: the address in the sidecar, to be resolved against its own. */
export interface BoundData {
  readonly uri: string;
  readonly contentType?: string;
}

/** All of the labels are bound to all of the data. */
export interface Binding {
  readonly labels: readonly MetadataLabel[];
  readonly data: readonly BoundData[];
}

/** A sidecar. `signed` says that a signature is there, not that it holds: it is not verified here. */
export interface BindingInformation {
  readonly bindings: readonly Binding[];
  readonly signed: boolean;
}

/**
 * Reads BindingInformation of ADatP-4778 (NATO STANAG 4778) that stands beside its data: labels within, data by
 * reference. Data inside it, labels by reference and parts of data are refused.
 *
 * @throws LabelError
 */
export function read4778(
  text: string,
  reading: LabelReading,
): { information: BindingInformation; notices: readonly Notice[] } {
  const lenient = reading.lenient === true;
  const document = readXml(text, lenient);
  const v = new Vocabulary(BINDING_NAMESPACE, document, lenient);
  const labels = new Vocabulary(LABEL_NAMESPACE, { root: document.root, notices: [] }, lenient);
  const { root } = document;
  if (v.nameOf(root) !== 'BindingInformation') v.fail(root, 'is no BindingInformation');
  const isSignature = (one: XmlElement) => one.namespace === SIGNATURE_NAMESPACE && one.name === 'Signature';
  const signed = root.children.some(isSignature);
  if (signed) v.notice(root, 'a signature is there and is not verified');
  const own = { ...root, children: root.children.filter((one) => !isSignature(one)) };
  const bindings = needed(v, own, 'MetadataBindingContainer')
    .flatMap((one) => needed(v, one, 'MetadataBinding'))
    .map((one) => readBinding(v, labels, one, reading));
  return { information: { bindings, signed }, notices: [...v.notices, ...labels.notices] };
}

function needed(v: Vocabulary, element: XmlElement, name: string): readonly XmlElement[] {
  const all = v.children(element, [], [name]).all(name);
  return all.length > 0 ? all : v.fail(element, `has no ${name}`, 'label-field');
}

function readBinding(v: Vocabulary, labels: Vocabulary, element: XmlElement, reading: LabelReading): Binding {
  const inside = v.children(element, [], ['Metadata', 'MetadataReference', 'Data', 'DataReference']);
  for (const name of ['MetadataReference', 'Data'])
    for (const one of inside.all(name)) v.fail(one, 'is not read here', 'label-unfaithful');
  const bound: Children = inside;
  if (!bound.first('Metadata')) v.fail(element, 'has no Metadata', 'label-field');
  if (!bound.first('DataReference')) v.fail(element, 'has no DataReference', 'label-field');
  return {
    labels: bound.all('Metadata').map((one) => {
      const [label, more] = one.children;
      if (!label || more) return v.fail(one, 'holds one label', 'label-field');
      return readMetadataLabel(labels, label, reading.dataMode);
    }),
    data: bound.all('DataReference').map((one) => readReference(v, one)),
  };
}

function readReference(v: Vocabulary, element: XmlElement): BoundData {
  const [part] = element.children;
  if (part) v.fail(part, 'a part of data: only whole data is read', 'label-unfaithful');
  const uri = v.attributes(element, ['URI', 'encoding']).get('URI');
  const type = element.attributes.find(
    (one) => one.namespace === MIME_NAMESPACE && one.name === 'contentType',
  );
  return {
    uri: uri ?? v.fail(element, 'has no URI', 'label-field'),
    ...(type && { contentType: type.value }),
  };
}
