import { XML_NAMESPACE, type XmlAttribute, type XmlTree } from './tree.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const inValue = (text: string): string => text.replace(/[&<>"\t\n\r]/g, (one) => ESCAPES[one] ?? one);
const inText = (text: string): string => text.replace(/[&<>\r]/g, (one) => ESCAPES[one] ?? one);

/**
 * Writes a tree as XML text, two blanks a level. `prefixes` names a prefix for each namespace in it; one that it does
 * not name gets one of its own at the root. Text of an element that has children too is written only where it says
 * something: between elements white space means nothing in the formats that are written here.
 */
export function writeXml(root: XmlTree, prefixes: ReadonlyMap<string, string>): string {
  const known = new Map(prefixes);
  const collect = (tree: XmlTree) => {
    for (const one of [tree, ...tree.attributes])
      if (one.namespace !== '' && one.namespace !== XML_NAMESPACE && !known.has(one.namespace))
        known.set(one.namespace, `n${known.size}`);
    for (const child of tree.children) collect(child);
  };
  collect(root);
  const used = new Set<string>();
  const mark = (tree: XmlTree) => {
    for (const one of [tree, ...tree.attributes]) used.add(one.namespace);
    for (const child of tree.children) mark(child);
  };
  mark(root);
  const declarations = [...known]
    .filter(([namespace]) => used.has(namespace))
    .map(([namespace, prefix]) => ` xmlns:${prefix}="${inValue(namespace)}"`)
    .join('');
  const full = ({ namespace, name }: Pick<XmlAttribute, 'namespace' | 'name'>): string => {
    if (namespace === '') return name;
    return `${namespace === XML_NAMESPACE ? 'xml' : known.get(namespace)}:${name}`;
  };
  const write = (tree: XmlTree, indent: string, extra = ''): string => {
    const attributes = tree.attributes.map((one) => ` ${full(one)}="${inValue(one.value)}"`).join('');
    const head = `${indent}<${full(tree)}${extra}${attributes}`;
    if (tree.children.length === 0)
      return tree.text === '' ? `${head}/>\n` : `${head}>${inText(tree.text)}</${full(tree)}>\n`;
    const inside = tree.children.map((child) => write(child, `${indent}  `)).join('');
    return `${head}>${inText(tree.text.trim())}\n${inside}${indent}</${full(tree)}>\n`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '', declarations)}`;
}
