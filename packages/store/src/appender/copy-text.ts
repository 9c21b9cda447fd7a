import type { Row } from './row.ts';

/**
 * PostgreSQL's COPY text format (its manual, COPY, "Text Format"): columns end in a tab, rows in a newline, and within
 * a value backslash, tab, newline and carriage return are written as escapes.
 */
export const COPY_COLUMNS = 'seq, ingested, time, lat, lon, stream, release_class, label, series, record';

const special = /[\\\n\r\t\0]/;
const specials = /[\\\n\r\t]/g;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escaped = (text: string): string => text.replace(specials, (character) => escapes[character] ?? '');

/**
 * The flaw of a JSON text whose values PostgreSQL could not hold as text: the escape of U+0000, or half a surrogate pair.
 * Escapes are walked in order, so that an escaped backslash before a `u` is not taken for one.
 */
export function flawOfEscapes(json: string): string | undefined {
  let expectLow = -1;
  for (const match of json.matchAll(/\\(?:u([0-9a-fA-F]{4})|[^u])/g)) {
    const hex = match[1];
    const unit = hex === undefined ? -1 : Number.parseInt(hex, 16);
    if (expectLow >= 0 && (match.index !== expectLow || (unit & 0xfc00) !== 0xdc00)) break;
    if (expectLow >= 0) {
      expectLow = -1;
      continue;
    }
    if (unit === 0) return 'record holds U+0000';
    if (unit >= 0 && (unit & 0xfc00) === 0xdc00) return 'record holds half a surrogate pair';
    if (unit >= 0 && (unit & 0xfc00) === 0xd800) expectLow = match.index + 6;
  }
  return expectLow >= 0 ? 'record holds half a surrogate pair' : undefined;
}

/** The text of a value, or undefined when it holds U+0000. */
function valueText(text: string): string | undefined {
  if (!special.test(text)) return text;
  return text.includes('\0') ? undefined : escaped(text);
}

/** Writes rows one after the other; rows of one instant, as in an epoch of observations, share its text. */
export class CopyText {
  private text = '';
  private lastTime = Number.NaN;
  private lastTimeText = '';
  private readonly ingestedText: string;

  constructor(ingested: number) {
    this.ingestedText = new Date(ingested).toISOString();
  }

  /** Adds a row, or says why its texts cannot be stored and adds nothing. */
  add(row: Row, seq: number): string | undefined {
    const series = valueText(row.series);
    if (series === undefined) return 'series holds U+0000';
    const record = valueText(row.record);
    if (record === undefined) return 'record holds U+0000';
    if (record !== row.record && row.record.includes('\\u')) {
      const flaw = flawOfEscapes(row.record);
      if (flaw !== undefined) return flaw;
    }
    if (row.time !== this.lastTime) {
      this.lastTime = row.time;
      this.lastTimeText = new Date(row.time).toISOString();
    }
    const place = row.lat === null || row.lon === null ? '\\N\t\\N' : `${row.lat}\t${row.lon}`;
    const ids = `${row.stream}\t${row.releaseClass}\t${row.label}`;
    this.text += `${seq}\t${this.ingestedText}\t${this.lastTimeText}\t${place}\t${ids}\t${series}\t${record}\n`;
    return undefined;
  }

  bytes(): Buffer {
    return Buffer.from(this.text, 'utf8');
  }
}

/** The text without one of its lines, counted from 1: no line holds a newline but its last character. */
export function withoutLine(bytes: Buffer, line: number): Buffer {
  let start = 0;
  for (let n = 1; n < line; n += 1) start = bytes.indexOf(10, start) + 1;
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(bytes.indexOf(10, start) + 1)]);
}
