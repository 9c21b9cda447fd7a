import { LabelError, type LabelErrorCode } from '../error.ts';
import { type Notice, XML_NAMESPACE, type XmlDocument, type XmlElement } from './tree.ts';

/**
 * Reads elements of one namespace. What it does not know is an error with its place, never ignored. Elements in no
 * namespace are refused; a lenient reader takes them for elements of this one, and gives notice of the first.
 */
export class Vocabulary {
  readonly namespace: string;
  readonly lenient: boolean;
  readonly notices: Notice[];

  constructor(namespace: string, document: XmlDocument, lenient: boolean) {
    this.namespace = namespace;
    this.lenient = lenient;
    this.notices = [...document.notices];
  }

  fail(element: XmlElement, why: string, code: LabelErrorCode = 'xml-unknown'): never {
    throw new LabelError(code, element.name, why, element);
  }

  notice(element: XmlElement, text: string): void {
    const { line, column } = element;
    this.notices.push({ line, column, text });
  }

  /** Refused by a strict reader; a lenient one gives notice and goes on. */
  letPass(element: XmlElement, why: string, code: LabelErrorCode): void {
    if (!this.lenient) this.fail(element, why, code);
    this.notice(element, `${element.name}: ${why}`);
  }

  /** The element's name, once its namespace is seen to be the right one. */
  nameOf(element: XmlElement): string {
    if (element.namespace === this.namespace) return element.name;
    if (element.namespace !== '')
      return this.fail(element, `is in the namespace "${element.namespace}"`, 'xml-namespace');
    const why = `is in no namespace, not in ${this.namespace}`;
    if (!this.lenient) this.fail(element, why, 'xml-namespace');
    if (!this.notices.some((one) => one.text.endsWith(why))) this.notice(element, `${element.name} ${why}`);
    return element.name;
  }

  /** The elements inside, all of which have one of these names; none but the repeatable ones twice. */
  children(element: XmlElement, once: readonly string[], often: readonly string[] = []): Children {
    const found = new Map<string, XmlElement[]>();
    for (const child of element.children) {
      const name = this.nameOf(child);
      const known = once.includes(name) || often.includes(name);
      if (!known) this.fail(child, `is not known inside ${element.name}`);
      const all = found.get(name) ?? [];
      if (all.length > 0 && once.includes(name)) this.fail(child, `stands twice inside ${element.name}`);
      found.set(name, [...all, child]);
    }
    if (found.size > 0 && element.text.trim() !== '') this.fail(element, 'holds text between its elements');
    return new Children(this, element, found);
  }

  /** The text of an element without elements, without white space around it; never empty. */
  textOf(element: XmlElement): string {
    if (element.children.length > 0) this.fail(element, 'holds elements where a text is expected');
    const text = element.text.trim();
    return text === '' ? this.fail(element, 'is empty') : text;
  }

  /** The attributes without a prefix, all of which have one of these names. */
  attributes(element: XmlElement, names: readonly string[]): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const { name, namespace, value } of element.attributes) {
      if (namespace !== '') continue;
      if (names.includes(name)) found.set(name, value);
      else this.letPass(element, `the attribute ${name} is not known and not looked at`, 'xml-unknown');
    }
    return found;
  }

  language(element: XmlElement): string | undefined {
    return element.attributes.find((one) => one.name === 'lang' && one.namespace === XML_NAMESPACE)?.value;
  }
}

/** What `Vocabulary.children` found. */
export class Children {
  readonly #vocabulary: Vocabulary;
  readonly #of: XmlElement;
  readonly #found: ReadonlyMap<string, readonly XmlElement[]>;

  constructor(vocabulary: Vocabulary, of: XmlElement, found: ReadonlyMap<string, readonly XmlElement[]>) {
    this.#vocabulary = vocabulary;
    this.#of = of;
    this.#found = found;
  }

  all(name: string): readonly XmlElement[] {
    return this.#found.get(name) ?? [];
  }

  first(name: string): XmlElement | undefined {
    return this.all(name)[0];
  }

  needed(name: string, code: LabelErrorCode): XmlElement {
    return this.first(name) ?? this.#vocabulary.fail(this.#of, `has no ${name}`, code);
  }
}
