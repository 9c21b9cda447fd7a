/**
 * Why a record of a catalogue was passed over; the records around it are kept.
 *
 * - `format`: not a catalogue this package reads
 * - `too-long`: a line or record longer than any real one
 * - `line-length`: a line of an element set that is not 69 characters
 * - `column`: characters that the format does not allow there
 * - `checksum`: modulo-10 sum of a line does not agree
 * - `pairing`: line 1 without line 2, or the reverse
 * - `number`: lines 1 and 2 name different objects
 * - `json`: no JSON object
 * - `missing`: a required keyword is absent
 * - `value`: a value of the wrong form
 * - `range`: a number outside what the element can be
 * - `unsupported`: another theory, frame or time system than SGP4 mean elements in TEME and UTC
 */
export const CATALOGUE_FAULT_REASONS = [
  'format',
  'too-long',
  'line-length',
  'column',
  'checksum',
  'pairing',
  'number',
  'json',
  'missing',
  'value',
  'range',
  'unsupported',
] as const;

export type CatalogueFaultReason = (typeof CATALOGUE_FAULT_REASONS)[number];

export interface CatalogueFault {
  /** Counted from 1. */
  readonly line: number;
  /** Character of that line, from 1. */
  readonly column: number;
  /** Absolute offset of the first byte of the record. */
  readonly byteOffset: number;
  /** The field of the element set, or the keyword of the message; null where the record as a whole is wrong. */
  readonly field: string | null;
  readonly reason: CatalogueFaultReason;
  /** One sentence for people. */
  readonly message: string;
  /** What stands there, at most 80 characters; control characters as U+FFFD. */
  readonly text: string;
}

/** A fault inside a record whose place in the stream is not known yet; `part` is the line of a TLE, or a keyword. */
export interface RecordFault {
  readonly fault: true;
  readonly part: 1 | 2 | string | null;
  readonly column: number;
  readonly field: string | null;
  readonly reason: CatalogueFaultReason;
  readonly message: string;
}

export const isFault = (result: object): result is RecordFault => 'fault' in result;

/** The start of a text as it may be shown. */
export function shown(text: string, limit = 80): string {
  let result = '';
  for (const character of text.slice(0, limit)) {
    const code = character.codePointAt(0) ?? 0;
    result += code < 32 || (code > 126 && code < 160) ? '\ufffd' : character;
  }
  return result;
}
