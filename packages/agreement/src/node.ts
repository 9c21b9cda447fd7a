import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Finding, FindingCode, Severity } from './finding.ts';
import { isPlainText } from './plain-text.ts';

/** Characters of a text; far above any agreement, far below what would keep the reader busy. */
const LONGEST = 262_144;
/** Brackets within one another; the parser of YAML calls itself for each. */
const DEEPEST = 32;
/** Findings after which a text is not worth going on with. */
const MOST = 200;

/** All places of one text: where its lines begin, and what has been found against it. */
interface Text {
  readonly lines: LineCounter;
  readonly findings: Finding[];
}

/**
 * A value in a YAML text together with its place. Reading never throws: what is wrong becomes a finding at its line
 * and column, and the reader goes on, so that one run says everything. Tags, anchors, aliases and merge keys have no
 * place in an agreement: its text says what it says where it stands.
 */
export class Place {
  /** Null where the key is not there at all, which has been said against the map around it if it matters. */
  readonly #node: Node | null;
  readonly #at: number;
  readonly #text: Text;
  private constructor(text: Text, node: Node | null, at: number) {
    this.#node = node;
    this.#at = node?.range?.[0] ?? at;
    this.#text = text;
  }

  /** The root of a YAML text; syntax errors are findings already. */
  static parse(source: string): Place {
    const text: Text = { lines: new LineCounter(), findings: [] };
    const root = new Place(text, null, 0);
    if (source.length > LONGEST) {
      root.find('yaml', `the text is longer than ${LONGEST} characters`);
      return root;
    }
    const deep = tooDeep(source);
    if (deep !== undefined) {
      text.lines.addNewLine(0);
      for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1))
        text.lines.addNewLine(at + 1);
      return new Place(text, null, deep).#refuse(
        `brackets stand within one another more than ${DEEPEST} deep`,
      );
    }
    try {
      const document = parseDocument(source, {
        lineCounter: text.lines,
        version: '1.2',
        schema: 'core',
        merge: false,
        // Ours, by text and in linear time.
        uniqueKeys: false,
      });
      for (const problem of [...document.errors, ...document.warnings])
        new Place(text, null, problem.pos[0]).#refuse(
          problem.message.split('\n')[0]!.replace(/ at line.*$/, ''),
        );
      if (document.contents === null && text.findings.length === 0) return root.#refuse('the text is empty');
      return root.#child(document.contents);
    } catch (cause) {
      // The parser calls itself for every level of indentation too, and the stack has an end.
      return root.#refuse(`the text cannot be read: ${(cause as Error).message.split('\n')[0]}`);
    }
  }

  #refuse(message: string): Place {
    this.find('yaml', message);
    return this;
  }

  get findings(): readonly Finding[] {
    return this.#text.findings;
  }

  #child(node: unknown, at = this.#at): Place {
    const child = new Place(this.#text, node as Node | null, at);
    const { anchor, tag } = (node ?? {}) as { anchor?: string; tag?: string };
    if (anchor !== undefined) child.find('yaml', `anchor &${anchor} has no place in an agreement`);
    if (tag !== undefined) child.find('yaml', `tag ${tag} has no place in an agreement`);
    return child;
  }

  /** Says something against what stands here that can be executed all the same. */
  warn(code: FindingCode, message: string): undefined {
    return this.find(code, message, 'warning');
  }

  find(code: FindingCode, message: string, severity: Severity = 'error'): undefined {
    if (this.#text.findings.length >= MOST) return undefined;
    const { line, col } = this.#text.lines.linePos(this.#at);
    this.#text.findings.push({
      code,
      severity,
      message: message.slice(0, 500),
      line: Math.max(1, line),
      column: Math.max(1, col),
    });
    return undefined;
  }

  /** The entries of a map, in order, each with the place of its key. A key stands once and has a value. */
  entries(what: string): [name: string, value: Place, key: Place][] {
    if (!isMap<Node, Node | null>(this.#node)) {
      this.find('shape', `${what} is a map of names to values`);
      return [];
    }
    const seen = new Set<string>();
    return this.#node.items.flatMap((pair) => {
      const key = this.#child(pair.key);
      const name = key.text();
      if (name === undefined) return [];
      if (seen.has(name)) return key.find('repeated', `"${name}" stands there already`) ?? [];
      seen.add(name);
      // `{ceiling}` is a key without a value: were it taken for absent, it would be passed over in silence.
      if (pair.value === null) return key.find('shape', `"${name}" has no value`) ?? [];
      return [[name, this.#child(pair.value, key.#at), key] as [string, Place, Place]];
    });
  }

  /** A map with exactly these keys; whatever else is there is refused, for nobody would enforce it. */
  fields<const Required extends string, const Optional extends string = never>(
    what: string,
    required: readonly Required[],
    optional: readonly Optional[] = [],
  ): Record<Required, Place> & Partial<Record<Optional, Place>> {
    const known: ReadonlySet<string> = new Set<string>([...required, ...optional]);
    const found: Record<string, Place> = Object.create(null);
    const entries = this.missing ? [] : this.entries(what);
    for (const [name, value, key] of entries) {
      if (known.has(name)) found[name] = value;
      else key.find('unknown-key', `${what} has no key "${name}" that this version executes`);
    }
    for (const name of required) {
      if (found[name] !== undefined) continue;
      if (isMap(this.#node)) this.find('missing-key', `${what} needs "${name}"`);
      found[name] = new Place(this.#text, null, this.#at);
    }
    return found as Record<Required, Place> & Partial<Record<Optional, Place>>;
  }

  /** True where there is no such key; that has been said already where the key is required. */
  get missing(): boolean {
    return this.#node === null;
  }

  items(what: string): Place[] {
    if (this.#node === null) return [];
    if (isSeq(this.#node)) return this.#node.items.map((node) => this.#child(node));
    this.find('shape', `${what} is a list`);
    return [];
  }

  /** The text of a scalar as it was written, so that `1` and `true` stay names where a name is meant. */
  text(): string | undefined {
    if (this.#node === null) return undefined;
    if (!isScalar(this.#node))
      return this.find('shape', 'a single value is meant here, not a list, map or alias');
    return this.#node.source ?? String(this.#node.value);
  }

  /** A text of visible characters, without anything that hides or turns what is shown. */
  string(what: string): string | undefined {
    const text = this.text();
    if (text === undefined) return undefined;
    if (text.trim() === '') return this.find('bad-value', `${what} is empty`);
    return isPlainText(text) ? text : this.find('bad-value', `${what} holds a character that cannot be seen`);
  }

  integer(what: string, least: number, most: number): number | undefined {
    const text = this.text();
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
    return this.find('bad-value', `${what} is a whole number from ${least} to ${most}, not "${text}"`);
  }

  oneOf<T extends string>(
    what: string,
    allowed: readonly T[],
    code: FindingCode = 'bad-value',
  ): T | undefined {
    const text = this.text();
    if (text === undefined) return undefined;
    const found = allowed.find((one) => one === text);
    return found ?? this.find(code, `${what} is one of ${allowed.join(', ')}, not "${text}"`);
  }
}

/** Where brackets go deeper than they may; in quotes and comments they count too, which no agreement comes near. */
function tooDeep(source: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const c = source[at];
    if (c === '[' || c === '{') depth++;
    else if ((c === ']' || c === '}') && depth > 0) depth--;
    if (depth > DEEPEST) return at;
  }
  return undefined;
}
