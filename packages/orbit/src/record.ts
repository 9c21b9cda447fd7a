import type { Elset } from './elset.ts';
import type { CatalogueFault } from './fault.ts';

/** An element set and where it stood. */
export interface CatalogueRecord {
  readonly elset: Elset;
  /** First line of the record, from 1. */
  readonly line: number;
  /** Absolute offset of the first byte of the record. */
  readonly byteOffset: number;
  /** Absolute offset behind the record: reading again from there loses nothing. */
  readonly through: number;
}

/** What a piece of a catalogue gave, each list in stream order. */
export interface CatalogueBatch {
  readonly records: CatalogueRecord[];
  readonly faults: CatalogueFault[];
}

/** One form of catalogue. A source never throws on bad data. */
export interface CatalogueSource {
  push(bytes: Uint8Array, into: CatalogueBatch): void;
  end(into: CatalogueBatch): void;
  /** Absolute offset up to which nothing is awaited any more. */
  readonly through: number;
}
