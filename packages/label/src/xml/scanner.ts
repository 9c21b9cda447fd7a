import { LabelError, type LabelErrorCode, type TextPlace } from '../error.ts';

/** More characters than any policy has: the largest in use have some hundred thousand. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

const NOT_XML = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const START =
  ':A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F';
const START_HIGH = '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(
  `[${START}${START_HIGH}][${START}${START_HIGH}\\-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040]*`,
  'uy',
);
const SPACE = /[ \t\n]*/y;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['apos', "'"],
  ['quot', '"'],
]);

/** A text with a position in it: what the grammar of XML is made of. Line ends are one kind once it is there. */
export class Scanner {
  readonly text: string;
  at = 0;
  readonly #lines: number[] = [0];

  constructor(source: string) {
    if (source.length > MOST_CHARACTERS)
      throw new LabelError('xml-limit', '', `XML of over ${MOST_CHARACTERS} characters`);
    this.text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    for (let end = this.text.indexOf('\n'); end >= 0; end = this.text.indexOf('\n', end + 1))
      this.#lines.push(end + 1);
    const strange = NOT_XML.exec(this.text);
    if (strange) this.fail('holds a character that XML does not have', strange.index);
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  placeOf(at: number): TextPlace {
    let [low, high] = [0, this.#lines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lines[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.#lines[low] ?? 0) + 1 };
  }

  fail(why: string, at = this.at, code: LabelErrorCode = 'xml-syntax'): never {
    throw new LabelError(code, '', why, this.placeOf(at));
  }

  sees(mark: string): boolean {
    return this.text.startsWith(mark, this.at);
  }

  /** Passes the mark where it stands here. */
  take(mark: string): boolean {
    if (!this.sees(mark)) return false;
    this.at += mark.length;
    return true;
  }

  expect(mark: string, why: string): void {
    if (!this.take(mark)) this.fail(why);
  }

  /** True where white space was passed. */
  space(): boolean {
    SPACE.lastIndex = this.at;
    const found = SPACE.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found !== '';
  }

  name(what: string): string {
    NAME.lastIndex = this.at;
    const found = NAME.exec(this.text)?.[0];
    if (found === undefined) return this.fail(`${what} is expected here`);
    this.at += found.length;
    return found;
  }

  /** What stands before the mark, which is passed too. */
  until(mark: string, what: string): string {
    const end = this.text.indexOf(mark, this.at);
    if (end < 0) return this.fail(`${what} has no end`);
    const found = this.text.slice(this.at, end);
    this.at = end + mark.length;
    return found;
  }

  /** Text with its references replaced: the five entities and characters by number, and nothing else. */
  replaced(raw: string, start: number): string {
    if (!raw.includes('&')) return raw;
    return raw.replace(/&([^;&<]{0,40};?)/g, (_whole, body: string, offset: number) => {
      const at = start + offset;
      if (!body.endsWith(';')) return this.fail('an & that begins no reference', at);
      const name = body.slice(0, -1);
      return name.startsWith('#')
        ? this.#character(name, at)
        : (ENTITIES.get(name) ??
            this.fail(`the entity "${name}": only lt, gt, amp, apos and quot are read`, at));
    });
  }

  #character(reference: string, at: number): string {
    const digits = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(reference);
    const code = digits ? Number.parseInt(digits[1] ?? digits[2] ?? '', digits[1] ? 16 : 10) : -1;
    const known = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    const character = known ? String.fromCodePoint(code) : '\0';
    return character !== '\r' && NOT_XML.test(character)
      ? this.fail(`&${reference}; is no character of XML`, at)
      : character;
  }
}
