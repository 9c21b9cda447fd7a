import type { TextPlace } from '../error.ts';
import { Scanner } from './scanner.ts';
import { type Notice, XML_NAMESPACE, type XmlAttribute, type XmlDocument, type XmlElement } from './tree.ts';

const MOST_DEPTH = 64;
const MOST_ATTRIBUTES = 64;
const MOST_ELEMENTS = 100_000;

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const NO_PREFIX = /^[^\p{L}_]|:/u;

/** The prefixes that an element declares, and those around it. Linked, not copied: nesting must not cost a square. */
interface Prefixes {
  readonly own: ReadonlyMap<string, string>;
  readonly outer?: Prefixes;
}
const OUTERMOST: Prefixes = { own: new Map([['xml', XML_NAMESPACE]]) };
const lookUp = (prefixes: Prefixes | undefined, prefix: string): string | undefined =>
  prefixes && (prefixes.own.get(prefix) ?? lookUp(prefixes.outer, prefix));

interface Raw {
  readonly name: string;
  readonly value: string;
  readonly at: number;
}
interface Open extends TextPlace {
  readonly tag: string;
  readonly name: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly prefixes: Prefixes;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads XML 1.0 with namespaces into a tree. No document type, so no entities beyond the five and nothing fetched or
 * expanded; size, depth, elements and attributes are bounded. Strict unless `lenient`, which lets pass, each with a
 * notice, two mistakes that files in use have: an end tag by a wrong name, and a prefix that is no name.
 *
 * @throws LabelError `xml-syntax`, `xml-limit`, `xml-namespace`
 */
export function readXml(source: string, lenient = false): XmlDocument {
  return new Reader(source, lenient).document();
}

class Reader {
  readonly #scan: Scanner;
  readonly #lenient: boolean;
  readonly #notices: Notice[] = [];
  readonly #open: Open[] = [];
  #root: XmlElement | undefined;
  #elements = 0;

  constructor(source: string, lenient: boolean) {
    this.#scan = new Scanner(source);
    this.#lenient = lenient;
  }

  document(): XmlDocument {
    const scan = this.#scan;
    this.#declaration();
    while (!scan.done) {
      if (!scan.sees('<')) this.#text();
      else if (scan.take('<!--')) this.#comment();
      else if (scan.take('<![CDATA[')) this.#cdata();
      else if (scan.sees('<!')) scan.fail('a document type or declaration: none is read');
      else if (scan.take('<?')) this.#instruction();
      else if (scan.take('</')) this.#endTag();
      else this.#startTag();
    }
    const left = this.#open.at(-1);
    if (left) scan.fail(`<${left.tag}> has no end`);
    return { root: this.#root ?? scan.fail('no element'), notices: this.#notices };
  }

  #letPass(why: string, at: number, code: 'xml-syntax' | 'xml-namespace'): void {
    if (!this.#lenient) this.#scan.fail(why, at, code);
    this.#notices.push({ ...this.#scan.placeOf(at), text: why });
  }

  #declaration(): void {
    const scan = this.#scan;
    if (!/^<\?xml[ \t\n]/.test(scan.text)) return;
    const text = scan.until('?>', 'the XML declaration');
    const form =
      /^<\?xml\s+version\s*=\s*(["'])1\.0\1(?:\s+encoding\s*=\s*(["'])(.*?)\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\4)?\s*$/;
    const found = form.exec(text);
    if (!found) scan.fail('is no declaration of XML 1.0', 0);
    if (found?.[3] !== undefined && !/^(?:utf-8|us-ascii)$/i.test(found[3]))
      scan.fail(`the encoding "${found[3]}": only UTF-8 is read`, 0);
  }

  #comment(): void {
    const start = this.#scan.at;
    const text = this.#scan.until('-->', 'a comment');
    if (text.includes('--') || text.endsWith('-')) this.#scan.fail('a comment with -- in it', start);
  }

  #instruction(): void {
    const start = this.#scan.at;
    const target = this.#scan.name('the target of an instruction');
    if (target.toLowerCase() === 'xml') this.#scan.fail('an XML declaration that does not come first', start);
    const rest = this.#scan.until('?>', 'an instruction');
    if (rest !== '' && !/^[ \t\n]/.test(rest)) this.#scan.fail('an instruction without a blank', start);
  }

  #text(): void {
    const scan = this.#scan;
    const start = scan.at;
    const end = scan.text.indexOf('<', start);
    const raw = scan.text.slice(start, end < 0 ? undefined : end);
    scan.at = start + raw.length;
    if (raw.includes(']]>')) scan.fail(']]> in text', start + raw.indexOf(']]>'));
    const into = this.#open.at(-1);
    if (into) into.text += scan.replaced(raw, start);
    else if (raw.trim() !== '') scan.fail('text outside of the root element', start);
  }

  #cdata(): void {
    const into = this.#open.at(-1);
    const text = this.#scan.until(']]>', 'a CDATA section');
    if (into) into.text += text;
    else this.#scan.fail('text outside of the root element');
  }

  #startTag(): void {
    const scan = this.#scan;
    const start = scan.at;
    scan.expect('<', 'an element is expected here');
    const tag = scan.name('the name of an element');
    const raw = this.#attributes();
    const empty = scan.take('/');
    scan.expect('>', `the start tag of ${tag} is not well formed`);
    if (this.#root) scan.fail('a second root element', start);
    if (this.#open.length >= MOST_DEPTH) scan.fail(`elements over ${MOST_DEPTH} deep`, start, 'xml-limit');
    if (++this.#elements > MOST_ELEMENTS) scan.fail(`over ${MOST_ELEMENTS} elements`, start, 'xml-limit');
    const prefixes = this.#declared(raw);
    const { name, namespace } = this.#qualified(tag, prefixes, start, lookUp(prefixes, '') ?? '');
    const attributes = this.#resolved(raw, prefixes);
    this.#open.push({
      tag,
      name,
      namespace,
      attributes,
      prefixes,
      children: [],
      text: '',
      ...scan.placeOf(start),
    });
    if (empty) this.#close();
  }

  #attributes(): Raw[] {
    const scan = this.#scan;
    const found: Raw[] = [];
    while (scan.space() && !scan.sees('/') && !scan.sees('>') && !scan.done) {
      const at = scan.at;
      const name = scan.name('an attribute');
      scan.space();
      scan.expect('=', `the attribute ${name} has no value`);
      scan.space();
      const quote = scan.take('"') ? '"' : "'";
      if (quote === "'") scan.expect("'", `the value of ${name} is not quoted`);
      const start = scan.at;
      const value = scan.until(quote, `the value of ${name}`);
      if (value.includes('<')) scan.fail('a < in a value', start + value.indexOf('<'));
      if (found.some((one) => one.name === name)) scan.fail(`the attribute ${name} stands here twice`, at);
      if (found.length >= MOST_ATTRIBUTES) scan.fail(`over ${MOST_ATTRIBUTES} attributes`, at, 'xml-limit');
      found.push({ name, value: scan.replaced(value.replace(/[\t\n]/g, ' '), start), at });
    }
    return found;
  }

  #declared(raw: readonly Raw[]): Prefixes {
    const outer = this.#open.at(-1)?.prefixes ?? OUTERMOST;
    const own = raw.filter(({ name }) => name === 'xmlns' || name.startsWith('xmlns:'));
    if (own.length === 0) return outer;
    const all = new Map<string, string>();
    for (const { name, value, at } of own) {
      const prefix = name.slice('xmlns:'.length);
      if (NO_PREFIX.test(prefix) || (name.endsWith(':') && prefix === ''))
        this.#letPass(`"${prefix}" is no prefix`, at, 'xml-namespace');
      const reserved =
        prefix === 'xmlns' || value === XMLNS || (prefix === 'xml') !== (value === XML_NAMESPACE);
      if (reserved || (prefix !== '' && value === ''))
        this.#scan.fail(`the prefix "${prefix}" cannot stand for "${value}"`, at, 'xml-namespace');
      all.set(prefix, value);
    }
    return { own: all, outer };
  }

  #qualified(
    tag: string,
    prefixes: Prefixes,
    at: number,
    unprefixed: string,
  ): { name: string; namespace: string } {
    const [prefix, name, more] = tag.includes(':') ? tag.split(':') : ['', tag];
    if (prefix === '' && name === tag) return { name: tag, namespace: unprefixed };
    if (!prefix || !name || more !== undefined) this.#scan.fail(`"${tag}" is no name`, at, 'xml-namespace');
    const namespace = lookUp(prefixes, prefix ?? '');
    if (namespace === undefined)
      return this.#scan.fail(`the prefix "${prefix}" is not declared`, at, 'xml-namespace');
    return { name: name ?? '', namespace };
  }

  #resolved(raw: readonly Raw[], prefixes: Prefixes): XmlAttribute[] {
    const kept: XmlAttribute[] = [];
    for (const { name, value, at } of raw) {
      if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
      const full = this.#qualified(name, prefixes, at, '');
      if (kept.some((one) => one.name === full.name && one.namespace === full.namespace))
        this.#scan.fail(`the attribute ${name} stands here twice`, at, 'xml-namespace');
      kept.push({ ...full, value });
    }
    return kept;
  }

  #endTag(): void {
    const scan = this.#scan;
    const start = scan.at - 2;
    const tag = scan.name('the name of an element');
    scan.space();
    scan.expect('>', 'an end tag is not well formed');
    const open = this.#open.at(-1);
    if (!open) scan.fail(`</${tag}> ends nothing`, start);
    else if (open.tag !== tag) this.#letPass(`</${tag}> ends <${open.tag}>`, start, 'xml-syntax');
    this.#close();
  }

  #close(): void {
    const open = this.#open.pop();
    if (!open) return;
    const { name, namespace, attributes, children, text, line, column } = open;
    const element = { name, namespace, attributes, children, text, line, column };
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else this.#root = element;
  }
}
