import { type CatalogueFault, isFault, type RecordFault, shown } from './fault.ts';
import type { CatalogueBatch, CatalogueSource } from './record.ts';
import { checkTleLine, readTle, type TleOptions } from './tle.ts';

const MAX_LINE = 512;
const NEWLINE = 10;

interface Line {
  readonly text: string;
  readonly number: number;
  readonly offset: number;
}

/**
 * Two-line element sets, with or without a name line before (`0 NAME` or `NAME`). Blank lines and comments (`#`) are
 * passed over; a set with a bad line gives one fault.
 */
export class TleStream implements CatalogueSource {
  readonly #options: TleOptions;
  readonly #decoder = new TextDecoder();
  readonly #rest = new Uint8Array(MAX_LINE);
  #restLength = 0;
  #tooLong = false;
  /** Absolute offset of the line under way. */
  #offset: number;
  #position: number;
  #number = 0;
  #name: Line | undefined;
  #first: Line | undefined;
  /** Set: line 1 was reported, and its line 2 is passed over. */
  #spoilt = false;

  constructor(startOffset: number, options: TleOptions) {
    this.#offset = startOffset;
    this.#position = startOffset;
    this.#options = options;
  }

  get through(): number {
    return this.#name?.offset ?? this.#first?.offset ?? this.#offset;
  }

  push(bytes: Uint8Array, into: CatalogueBatch): void {
    let from = 0;
    while (from < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, from);
      const to = newline < 0 ? bytes.length : newline;
      this.#add(bytes.subarray(from, to));
      this.#position += to - from;
      from = to + 1;
      if (newline < 0) return;
      this.#position++;
      this.#finishLine(into);
    }
  }

  end(into: CatalogueBatch): void {
    if (this.#position > this.#offset) this.#finishLine(into);
    if (this.#first !== undefined) this.#unpaired(this.#first, into);
    this.#name = undefined;
    this.#first = undefined;
  }

  #add(bytes: Uint8Array): void {
    const fits = Math.min(bytes.length, MAX_LINE - this.#restLength);
    this.#rest.set(bytes.subarray(0, fits), this.#restLength);
    this.#restLength += fits;
    if (fits < bytes.length) this.#tooLong = true;
  }

  #finishLine(into: CatalogueBatch): void {
    const text = this.#decoder.decode(this.#rest.subarray(0, this.#restLength)).trimEnd();
    const line: Line = { text, number: ++this.#number, offset: this.#offset };
    const tooLong = this.#tooLong;
    this.#restLength = 0;
    this.#tooLong = false;
    this.#offset = this.#position;
    if (tooLong)
      this.#report(line, 1, { field: null, reason: 'too-long', message: `over ${MAX_LINE} bytes` }, into);
    else if (text !== '' && !text.startsWith('#')) this.#take(line, into);
  }

  #take(line: Line, into: CatalogueBatch): void {
    // Names have at most 24 characters; what begins like a line of elements and is longer is one, whole or not.
    const element = line.text.length > 26 && line.text[1] === ' ';
    if (element && line.text[0] === '1') this.#takeFirst(line, into);
    else if (element && line.text[0] === '2') this.#takeSecond(line, into);
    else {
      if (this.#first !== undefined) this.#unpaired(this.#first, into);
      this.#first = undefined;
      this.#spoilt = false;
      if (this.#name !== undefined) this.#stray(this.#name, into);
      this.#name = line;
    }
  }

  #takeFirst(line: Line, into: CatalogueBatch): void {
    if (this.#first !== undefined) {
      this.#unpaired(this.#first, into);
      this.#name = undefined;
    }
    this.#spoilt = false;
    this.#first = line;
    const wrong = checkTleLine(1, line.text, this.#options);
    if (wrong === undefined) return;
    this.#report(line, wrong.column, wrong, into);
    this.#first = undefined;
    this.#name = undefined;
    this.#spoilt = true;
  }

  #takeSecond(line: Line, into: CatalogueBatch): void {
    const first = this.#first;
    const name = this.#name;
    this.#first = undefined;
    this.#name = undefined;
    if (first === undefined) {
      const message = 'line 2 without a line 1 before it';
      if (!this.#spoilt) this.#report(line, 1, { field: null, reason: 'pairing', message }, into);
      this.#spoilt = false;
      return;
    }
    const title = name === undefined ? null : name.text.replace(/^0 /, '').trim() || null;
    const elset = readTle(first.text, line.text, title, this.#options);
    if (isFault(elset))
      this.#report(elset.part === 1 ? first : line, elset.column, elset, into, name ?? first);
    else {
      const start = name ?? first;
      into.records.push({ elset, line: start.number, byteOffset: start.offset, through: this.#offset });
    }
  }

  #unpaired(first: Line, into: CatalogueBatch): void {
    this.#report(
      first,
      1,
      { field: null, reason: 'pairing', message: 'line 1 without a line 2 behind it' },
      into,
    );
  }

  #stray(line: Line, into: CatalogueBatch): void {
    const message = 'neither a name line, nor line 1 or 2 of a set';
    this.#report(line, 1, { field: null, reason: 'format', message }, into);
  }

  #report(
    line: Line,
    column: number,
    what: Pick<RecordFault, 'field' | 'reason' | 'message'>,
    into: CatalogueBatch,
    start: Line = line,
  ): void {
    const { field, reason, message } = what;
    const fault: CatalogueFault = {
      line: line.number,
      column,
      byteOffset: start.offset,
      field,
      reason,
      message,
      text: shown(line.text),
    };
    into.faults.push(fault);
  }
}
