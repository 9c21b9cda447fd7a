import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Finding, FindingCode } from './finding.ts';

/**
 * A value in a YAML text together with its place. Reading never throws: what is wrong becomes a finding at its line
 * and column, and the reader goes on, so that one run says everything.
 */
export class Place {
  readonly #node: Node | null;
  readonly #at: number;
  readonly #lines: LineCounter;
  readonly findings: Finding[];
  private constructor(node: Node | null, at: number, lines: LineCounter, findings: Finding[]) {
    this.#node = node;
    this.#at = node?.range?.[0] ?? at;
    this.#lines = lines;
    this.findings = findings;
  }

  /** The root of a YAML text; syntax errors and repeated keys are findings already. */
  static parse(text: string): Place {
    const lines = new LineCounter();
    const findings: Finding[] = [];
    const document = parseDocument(text, {
      lineCounter: lines,
      version: '1.2',
      schema: 'core',
      merge: false,
    });
    for (const problem of [...document.errors, ...document.warnings]) {
      const { line, col } = lines.linePos(problem.pos[0]);
      findings.push({
        code: 'yaml',
        message: problem.message.split('\n')[0]!.replace(/ at line.*$/, ''),
        line,
        column: col,
      });
    }
    return new Place(document.contents, 0, lines, findings);
  }

  #child(node: unknown, at = this.#at): Place {
    return new Place(node as Node | null, at, this.#lines, this.findings);
  }

  find(code: FindingCode, message: string): undefined {
    const { line, col } = this.#lines.linePos(this.#at);
    this.findings.push({ code, message, line: Math.max(1, line), column: Math.max(1, col) });
    return undefined;
  }

  /** The entries of a map, in order, each with the place of its key. */
  entries(what: string): [name: string, value: Place, key: Place][] {
    if (!isMap(this.#node)) {
      this.find('shape', `${what} is a map of names to values`);
      return [];
    }
    return (this.#node.items as Pair<Node, Node | null>[]).flatMap((pair) => {
      const key = this.#child(pair.key);
      const name = key.text();
      return name === undefined
        ? []
        : [[name, this.#child(pair.value, key.#at), key] as [string, Place, Place]];
    });
  }

  /** A map with exactly these keys; whatever else is there is refused, for nobody would enforce it. */
  fields<const Required extends string, const Optional extends string = never>(
    what: string,
    required: readonly Required[],
    optional: readonly Optional[] = [],
  ): Record<Required, Place> & Partial<Record<Optional, Place>> {
    const found: Record<string, Place> = {};
    for (const [name, value, key] of this.entries(what)) {
      if (([...required, ...optional] as string[]).includes(name)) found[name] = value;
      else key.find('unknown-key', `${what} has no key "${name}" that this version executes`);
    }
    for (const name of required) {
      if (found[name] === undefined) {
        if (isMap(this.#node)) this.find('missing-key', `${what} needs "${name}"`);
        found[name] = this.#child(null);
      }
    }
    return found as Record<Required, Place> & Partial<Record<Optional, Place>>;
  }

  get missing(): boolean {
    return this.#node === null;
  }

  items(what: string): Place[] {
    if (this.#node === null) return [];
    if (!isSeq(this.#node)) {
      this.find('shape', `${what} is a list`);
      return [];
    }
    return this.#node.items.map((node) => this.#child(node));
  }

  /** The text of a scalar as it was written, so that `1` and `true` stay names where a name is meant. */
  text(): string | undefined {
    if (!isScalar(this.#node))
      return this.#node === null ? undefined : this.find('shape', 'is a single value');
    return this.#node.source ?? String(this.#node.value);
  }

  string(what: string): string | undefined {
    const text = this.text();
    if (text === undefined || text.trim() === '')
      return this.missing ? undefined : this.find('bad-value', `${what} is empty`);
    return text;
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
