/** A row as it was stored, unreleased: the release point makes its released form. */
export interface StoredRow {
  readonly seq: number;
  readonly ingested: number;
  /** When it has changed its class since, it counts for its readers from then. */
  readonly since: number | null;
  /** When this reader may have it: `since`, or else `ingested`, and the delay of its class. */
  readonly release: number;
  readonly stream: number;
  readonly series: string;
  readonly time: number;
  readonly releaseClass: number;
  readonly label: number;
  readonly lat: number | null;
  readonly lon: number | null;
  /** JSON text. */
  readonly record: string;
}

/** What a query takes of a row, from `o` (observation) and `p` (the pair, with its delay). */
export const ROW_COLUMNS = `o.seq, o.ingested, o.since, p.delay, o.stream, o.series, o.time, o.release_class, o.label,
  o.lat, o.lon, o.record`;

/** The same from `t`, once it is known which rows are wanted: only their records are written out as text. */
export const RESULT_COLUMNS = `t.seq, t.ingested, t.since, t.delay, t.stream, t.series, t.time,
  t.release_class as "releaseClass", t.label, t.lat, t.lon, t.record::text as record`;

export type Selected = Omit<StoredRow, 'release'> & { delay: number };

export const storedRow = ({ delay, ...row }: Selected): StoredRow => ({
  ...row,
  release: (row.since ?? row.ingested) + delay,
});
