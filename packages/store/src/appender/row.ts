/** An item as the store keeps it; names and facts behind the ids are interned (`Catalogue`). */
export interface Row {
  readonly stream: number;
  /** What it is one value of in its stream; may be empty, at most 256 characters. */
  readonly series: string;
  /** When it was so: milliseconds since 1970 UTC, years 1 to 9999. */
  readonly time: number;
  readonly releaseClass: number;
  readonly label: number;
  /** Degrees, WGS 84; both null for what has no point. */
  readonly lat: number | null;
  readonly lon: number | null;
  /** The record, JSON text. */
  readonly record: string;
  /** The same record as an object, where the producer has it at hand: handed on to the live side, not stored. */
  readonly parsed?: Readonly<Record<string, unknown>>;
}

/** A row that is in the database for good. */
export interface CommittedRow extends Row {
  /** Place in the order of all rows of the database; gaps are possible. Never leaves the node. */
  readonly seq: number;
  /** When it was taken in, milliseconds since 1970 UTC; never falls as `seq` rises. */
  readonly ingested: number;
}

/** A row that was left out; the others of its batch are stored. */
export interface Refusal {
  readonly code: 'bad-row';
  /** Index in the rows given to `append`. */
  readonly index: number;
  readonly reason: string;
}

/** How far a feed's run has come; written in the same transaction as its rows. */
export interface Progress {
  readonly run: string;
  readonly feed: string;
  readonly officer: string;
  readonly source: string;
  /** Position in the source up to which everything is stored or refused: bytes, or records, as the feed counts. */
  readonly through: number;
  /** Items stored so far. */
  readonly acknowledged: number;
}

export interface Appended {
  /** First and last of the numbers given out; `lastSeq` is `firstSeq - 1` when no row was stored. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly ingested: number;
  readonly refused: readonly Refusal[];
}

export const MAX_SERIES = 256;
export const MAX_RECORD = 8 * 1024 * 1024;
const MAX_ID = 0x7fffffff;
const FIRST_TIME = Date.parse('0001-01-01T00:00:00Z');
const LAST_TIME = Date.parse('9999-12-31T23:59:59.999Z');

const isId = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= MAX_ID;
const isDegrees = (value: number | null, limit: number): boolean =>
  value === null || (typeof value === 'number' && value >= -limit && value <= limit);

/** What is wrong with the numbers and lengths of a row, or undefined. Its texts are looked at when encoded. */
export function flawOf(row: Row): string | undefined {
  if (!isId(row.stream)) return 'stream is no id';
  if (!isId(row.releaseClass)) return 'releaseClass is no id';
  if (!isId(row.label)) return 'label is no id';
  if (!(row.time >= FIRST_TIME && row.time <= LAST_TIME)) return 'time is no instant of the years 1 to 9999';
  if (!isDegrees(row.lat, 90) || !isDegrees(row.lon, 180)) return 'lat or lon is out of range';
  if ((row.lat === null) !== (row.lon === null)) return 'lat and lon go together';
  if (typeof row.series !== 'string' || row.series.length > MAX_SERIES) return 'series is too long';
  if (typeof row.record !== 'string' || row.record.length > MAX_RECORD) return 'record is too long';
  return undefined;
}

/** What is wrong with a progress, which is written in the transaction of others' rows as well; or undefined. */
export function flawOfProgress(progress: Progress): string | undefined {
  const { run, feed, officer, source, through, acknowledged } = progress;
  for (const text of [run, feed, officer, source]) {
    if (typeof text !== 'string' || text.includes('\0') || !text.isWellFormed())
      return 'a text of the progress';
  }
  if (!Number.isSafeInteger(through) || !Number.isSafeInteger(acknowledged)) return 'a count of the progress';
  return undefined;
}
