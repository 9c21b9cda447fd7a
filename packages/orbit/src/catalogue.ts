import type { Elset } from './elset.ts';
import { within } from './error.ts';
import { type CatalogueFault, shown } from './fault.ts';
import { OmmJsonStream } from './omm-json-stream.ts';
import type { CatalogueBatch, CatalogueSource } from './record.ts';
import type { TleOptions } from './tle.ts';
import { TleStream } from './tle-stream.ts';

/** `auto` tells the form by the first characters. */
export type CatalogueFormat = 'auto' | 'tle' | 'omm-json';

export interface CatalogueOptions extends TleOptions {
  readonly format?: CatalogueFormat;
  /** Absolute offset of the first byte pushed; default 0. */
  readonly startOffset?: number;
}

const HEAD = 64;

/** A form this package does not read: one fault, whatever follows. */
class UnknownForm implements CatalogueSource {
  readonly #message: string;
  #offset: number;
  #told = false;

  constructor(startOffset: number, message: string) {
    this.#offset = startOffset;
    this.#message = message;
  }

  get through(): number {
    return this.#offset;
  }

  push(bytes: Uint8Array, into: CatalogueBatch): void {
    const text = shown(new TextDecoder().decode(bytes.subarray(0, 80)).split(/\r?\n/, 1)[0] ?? '');
    const place = { line: 1, column: 1, byteOffset: this.#offset, field: null };
    if (!this.#told) into.faults.push({ ...place, reason: 'format', message: this.#message, text });
    this.#told = true;
    this.#offset += bytes.length;
  }

  end(): void {}
}

/**
 * Reads a catalogue of element sets as it comes: two-line sets with or without names, or OMM in JSON. A byte order
 * mark is passed over. Bad records become faults; nothing that is pushed makes it throw.
 */
export class CatalogueReader {
  readonly #options: CatalogueOptions;
  readonly #startOffset: number;
  /** First bytes, until they tell the form. */
  #head = new Uint8Array(0);
  #source: CatalogueSource | undefined;

  constructor(options: CatalogueOptions = {}) {
    this.#options = options;
    this.#startOffset = within('startOffset', options.startOffset ?? 0, 0, Number.MAX_SAFE_INTEGER);
  }

  /** Absolute offset up to which nothing is awaited any more. */
  get through(): number {
    return this.#source?.through ?? this.#startOffset;
  }

  push(chunk: Uint8Array | string): CatalogueBatch {
    const batch: CatalogueBatch = { records: [], faults: [] };
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    if (this.#source !== undefined) {
      this.#source.push(bytes, batch);
      return batch;
    }
    const head = new Uint8Array(this.#head.length + bytes.length);
    head.set(this.#head);
    head.set(bytes, this.#head.length);
    this.#head = head;
    if (head.length >= HEAD) this.#begin(batch);
    return batch;
  }

  /** The catalogue has ended: takes a last line without newline and reports what is incomplete. */
  end(): CatalogueBatch {
    const batch: CatalogueBatch = { records: [], faults: [] };
    if (this.#source === undefined && this.#head.length > 0) this.#begin(batch);
    this.#source?.end(batch);
    return batch;
  }

  #begin(batch: CatalogueBatch): void {
    const head = this.#head;
    this.#head = new Uint8Array(0);
    const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
    const text = new TextDecoder().decode(head.subarray(mark, mark + HEAD)).trimStart();
    this.#source = this.#sourceOf(text, this.#startOffset + mark);
    this.#source.push(head.subarray(mark), batch);
  }

  #sourceOf(text: string, offset: number): CatalogueSource {
    const format = this.#options.format ?? 'auto';
    if (format === 'tle') return new TleStream(offset, this.#options);
    if (format === 'omm-json' || /^[[{]/.test(text)) return new OmmJsonStream(offset);
    if (text.startsWith('<')) return new UnknownForm(offset, 'OMM in XML is not read; use JSON');
    if (text.startsWith('CCSDS_')) return new UnknownForm(offset, 'OMM in KVN is not read; use JSON');
    if (/^"?OBJECT_NAME"?,/.test(text)) return new UnknownForm(offset, 'OMM in CSV is not read; use JSON');
    return new TleStream(offset, this.#options);
  }
}

/** Reads a whole catalogue at once. */
export function readCatalogue(
  data: Uint8Array | string,
  options: CatalogueOptions = {},
): { readonly elsets: Elset[]; readonly faults: CatalogueFault[] } {
  const reader = new CatalogueReader(options);
  const batches = [reader.push(data), reader.end()];
  return {
    elsets: batches.flatMap((batch) => batch.records.map((record) => record.elset)),
    faults: batches.flatMap((batch) => batch.faults),
  };
}
