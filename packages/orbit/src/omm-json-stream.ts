import { isFault, type RecordFault, shown } from './fault.ts';
import { type OmmKeywords, readOmm } from './omm.ts';
import type { CatalogueBatch, CatalogueSource } from './record.ts';

/** The longest record; a real one has about 400 bytes, Space-Track's about 1,200. */
const MAX_RECORD = 65_536;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN = 91;
const BACKSLASH = 92;
const CLOSE = 93;
const BRACE = 123;
const END_BRACE = 125;

/**
 * OMM in JSON: an array of flat objects, or objects one after another. Cuts the stream into objects by itself, so that
 * one that is broken costs only itself.
 */
export class OmmJsonStream implements CatalogueSource {
  readonly #decoder = new TextDecoder();
  readonly #record = new Uint8Array(MAX_RECORD);
  #length = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Last byte of the record that is neither blank nor inside a text. */
  #before = 0;
  /** Set: something was reported; what follows on the line is passed over. */
  #stray = false;
  #offset: number;
  #line = 1;
  #column = 1;
  #start = { offset: 0, line: 1, column: 1 };

  constructor(startOffset: number) {
    this.#offset = startOffset;
  }

  get through(): number {
    return this.#depth > 0 ? this.#start.offset : this.#offset;
  }

  push(bytes: Uint8Array, into: CatalogueBatch): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (this.#depth > 0) this.#inside(byte, into);
      else this.#between(byte, into);
      this.#offset++;
      this.#column++;
      if (byte === 10) {
        this.#line++;
        this.#column = 1;
      }
    }
  }

  end(into: CatalogueBatch): void {
    if (this.#depth > 0) this.#broken('the object is not closed', into);
  }

  #between(byte: number, into: CatalogueBatch): void {
    if (byte === BRACE) this.#open();
    else if (byte <= 32 || byte === COMMA || byte === OPEN || byte === CLOSE) this.#stray &&= byte !== 10;
    else if (!this.#stray) {
      this.#start = { offset: this.#offset, line: this.#line, column: this.#column };
      this.#record[0] = byte;
      this.#length = 1;
      this.#broken('between objects only commas and brackets may stand', into);
    }
  }

  #open(): void {
    this.#start = { offset: this.#offset, line: this.#line, column: this.#column };
    this.#stray = false;
    this.#inString = false;
    this.#escaped = false;
    this.#record[0] = BRACE;
    this.#length = 1;
    this.#depth = 1;
    this.#before = BRACE;
  }

  #inside(byte: number, into: CatalogueBatch): void {
    if (this.#inString) {
      if (byte === 10) {
        this.#broken('a text is not closed on its line', into);
        return;
      }
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
    } else if (byte > 32) {
      // An object inside an object can only be a value: else the one before was never closed, and this is the next.
      if (byte === BRACE && this.#depth === 1 && this.#before !== COLON) {
        this.#broken('the object is not closed', into);
        this.#open();
        return;
      }
      if (byte === QUOTE) this.#inString = true;
      else if (byte === BRACE || byte === OPEN) this.#depth++;
      else if (byte === END_BRACE || byte === CLOSE) this.#depth--;
      this.#before = byte;
    }
    if (this.#length === MAX_RECORD) {
      this.#broken('the object is too long', into, 'too-long');
      return;
    }
    this.#record[this.#length++] = byte;
    if (this.#depth === 0) this.#finish(into);
  }

  #finish(into: CatalogueBatch): void {
    const text = this.#text();
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#broken('the object is not JSON', into);
      return;
    }
    const result = readOmm(value as OmmKeywords);
    if (isFault(result)) this.#report(text, result, into);
    else {
      const { offset, line } = this.#start;
      into.records.push({ elset: result, line, byteOffset: offset, through: this.#offset + 1 });
    }
  }

  #text(): string {
    return this.#decoder.decode(this.#record.subarray(0, this.#length));
  }

  #broken(message: string, into: CatalogueBatch, reason: 'json' | 'too-long' = 'json'): void {
    this.#depth = 0;
    this.#inString = false;
    this.#stray = true;
    this.#report(this.#text(), { fault: true, part: null, column: 1, field: null, reason, message }, into);
  }

  /** Places a fault at the value of its keyword, or at the start of the record. */
  #report(text: string, fault: RecordFault, into: CatalogueBatch): void {
    const { field, reason, message } = fault;
    const key = field === null ? -1 : text.indexOf(`"${field}"`);
    const place = key < 0 ? '' : text.slice(0, key);
    const newlines = place.split('\n');
    const last = newlines.at(-1) ?? '';
    const column = newlines.length === 1 ? this.#start.column + last.length : last.length + 1;
    const line = this.#start.line + newlines.length - 1;
    const shownText = shown(text.slice(Math.max(0, key)).split('\n', 1)[0] ?? '');
    into.faults.push({
      line,
      column,
      byteOffset: this.#start.offset,
      field,
      reason,
      message,
      text: shownText,
    });
  }
}
