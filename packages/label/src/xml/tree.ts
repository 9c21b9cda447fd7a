import type { TextPlace } from '../error.ts';

/** An attribute; `namespace` is empty where its name has no prefix. */
export interface XmlAttribute {
  readonly name: string;
  readonly namespace: string;
  readonly value: string;
}

/** An element of XML in which the order of text and elements does not matter; `text` is its own text, joined. */
export interface XmlTree {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlTree[];
  readonly text: string;
}

/** The same with where its start tag stands. */
export interface XmlElement extends XmlTree, TextPlace {
  readonly children: readonly XmlElement[];
}

/** Something that was let pass and that whoever asked should hear of. */
export interface Notice extends TextPlace {
  readonly text: string;
}

/** A document whose root has been read. */
export interface XmlDocument {
  readonly root: XmlElement;
  readonly notices: readonly Notice[];
}

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** A tree without places and layout, so that what is read from two layouts of one text is equal. */
export const withoutPlaces = ({ name, namespace, attributes, children, text }: XmlTree): XmlTree => ({
  name,
  namespace,
  attributes,
  children: children.map(withoutPlaces),
  text: children.length > 0 ? text.trim() : text,
});
