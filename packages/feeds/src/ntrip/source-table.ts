/** A mount point as a source table lists it (RTCM 10410.1, table 6-1). */
export interface SourceStream {
  readonly mount: string;
  /** Place or name for people. */
  readonly identifier: string;
  readonly format: string;
  /** Message types with their rates, `1077(1),1006(10)`. */
  readonly formatDetails: string;
  /** 0 none, 1 L1, 2 L1 and L2. */
  readonly carrier: number | null;
  readonly navSystem: string;
  readonly network: string;
  readonly country: string;
  /** Degrees, rounded by the caster; null where not said. */
  readonly lat: number | null;
  readonly lon: number | null;
  /** The caster wants to be told where the client is. */
  readonly wantsGga: boolean;
  /** A network's solution, not one station's. */
  readonly networkSolution: boolean;
  readonly generator: string;
  /** `N` none, `B` basic, `D` digest. */
  readonly authentication: string;
  readonly fee: boolean;
  /** Bits a second. */
  readonly bitrate: number | null;
}

export interface SourceTable {
  readonly streams: readonly SourceStream[];
  /** The table's end was seen. */
  readonly complete: boolean;
  /** Lines that are none of a source table, from 1. */
  readonly skipped: readonly number[];
}

const END = 'ENDSOURCETABLE';

/** Reads a source table; lines that are none are passed over and named. */
export function readSourceTable(text: string): SourceTable {
  const streams: SourceStream[] = [];
  const skipped: number[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith(END)) return { streams, complete: true, skipped };
    const fields = line.split(';').map((field) => field.trim());
    if (fields[0] === 'STR' && (fields[1] ?? '') !== '') streams.push(streamOf(fields));
    else if (line !== '' && fields[0] !== 'CAS' && fields[0] !== 'NET') skipped.push(index + 1);
  }
  return { streams, complete: false, skipped };
}

function streamOf(fields: readonly string[]): SourceStream {
  const text = (at: number): string => fields[at] ?? '';
  const number = (at: number): number | null =>
    /^[+-]?\d+(?:\.\d+)?$/.test(text(at)) ? Number(text(at)) : null;
  return {
    mount: text(1),
    identifier: text(2),
    format: text(3),
    formatDetails: text(4),
    carrier: number(5),
    navSystem: text(6),
    network: text(7),
    country: text(8),
    lat: number(9),
    lon: number(10),
    wantsGga: text(11) === '1',
    networkSolution: text(12) === '1',
    generator: text(13),
    authentication: text(15),
    fee: text(16) === 'Y',
    bitrate: number(17),
  };
}

/** Writes a source table. */
export function writeSourceTable(streams: readonly SourceStream[]): string {
  const lines = streams.map((s) =>
    [
      ...['STR', s.mount, s.identifier, s.format, s.formatDetails, s.carrier ?? '', s.navSystem, s.network],
      ...[
        s.country,
        s.lat?.toFixed(2) ?? '',
        s.lon?.toFixed(2) ?? '',
        Number(s.wantsGga),
        Number(s.networkSolution),
      ],
      ...[s.generator, 'none', s.authentication, s.fee ? 'Y' : 'N', s.bitrate ?? '', ''],
    ]
      .map((field) => String(field).replace(/[;\r\n]/g, ' '))
      .join(';'),
  );
  return [...lines, END, ''].join('\r\n');
}
