import { accuracyFromIndex, accuracyIndex, type BroadcastEphemeris } from '../ephemeris/ephemeris.ts';
import { parseSatelliteId, type SatelliteId } from '../satellite.ts';
import type { Klobuchar } from '../solve/klobuchar.ts';
import { bdt, GPST_MINUS_BDT, type Gpst, gpst, gpstFromBdt, gpstFromCalendar } from '../time/time-scale.ts';
import { fortranNumber, openRinex } from './header.ts';

/** Contents of a RINEX navigation file, as far as they are used here. */
export interface RinexNav {
  readonly ephemerides: BroadcastEphemeris[];
  /** From `IONOSPHERIC CORR` GPSA and GPSB. */
  readonly klobuchar: Klobuchar | undefined;
  /** From BDSA and BDSB: coefficients of BDS's own form of the model (BDS-SIS-ICD-B1I 3.0, 5.2.4.7). */
  readonly bdsKlobuchar: Klobuchar | undefined;
  /** Records passed over: one-based line and why. */
  readonly skipped: {
    readonly line: number;
    readonly reason: 'unsupported' | 'malformed';
    readonly sat: string;
  }[];
}

/**
 * Reads the GPS and BDS broadcast ephemerides of a RINEX 3 navigation file, and of a RINEX 4 one its LNAV, D1 and
 * D2 records (RINEX 3.05, tables A6 and A14; RINEX 4.00, section 8.2).
 *
 * ```ts
 * const { ephemerides, klobuchar } = readRinexNav(text);
 * const store = new EphemerisStore(ephemerides);
 * ```
 *
 * @throws GnssError `rinex-not-recognised`, `rinex-version`
 */
export function readRinexNav(text: string): RinexNav {
  const file = openRinex(text, 'N');
  const nav: RinexNav = {
    ephemerides: [],
    klobuchar: readKlobuchar(file.header, 'GPS'),
    bdsKlobuchar: readKlobuchar(file.header, 'BDS'),
    skipped: [],
  };
  let at = 0;
  while (at < file.body.length) {
    const line = file.body[at] as string;
    if (file.version >= 4) {
      // `> EPH C19 D1`; whatever else stands under a `>` ends before the next one.
      const title = /^> (\w+) (\S+)\s+(\w+)/.exec(line);
      const used = title?.[1] === 'EPH' && ['LNAV', 'D1', 'D2'].includes(title[3] ?? '');
      if (title !== null && used && /^[GC]/.test(title[2] ?? '')) {
        readRecord(nav, file.body, at + 1, file.bodyLine);
      } else if (title?.[1] === 'EPH') {
        nav.skipped.push({ line: file.bodyLine + at, reason: 'unsupported', sat: title[2] ?? '' });
      }
      do at += 1;
      while (at < file.body.length && !(file.body[at] as string).startsWith('>'));
    } else if (/^[A-Z][ \d]\d /.test(line)) {
      if (/^[GC]/.test(line)) readRecord(nav, file.body, at, file.bodyLine);
      else nav.skipped.push({ line: file.bodyLine + at, reason: 'unsupported', sat: line.slice(0, 3) });
      do at += 1;
      while (/^ {4}/.test(file.body[at] ?? ''));
    } else {
      if (line.trim() !== '') nav.skipped.push({ line: file.bodyLine + at, reason: 'malformed', sat: '' });
      at += 1;
    }
  }
  return nav;
}

function readRecord(nav: RinexNav, body: readonly string[], at: number, bodyLine: number): void {
  const first = body[at] ?? '';
  const sat = parseSatelliteId(first.slice(0, 3));
  const epoch = first.slice(4, 23).trim().split(/\s+/).map(Number);
  const values: (number | undefined)[] = [];
  for (let line = 0; line < 8; line++) {
    const from = line === 0 ? 23 : 4;
    for (let column = from; column < 80; column += 19) {
      values.push(fortranNumber((body[at + line] ?? '').slice(column, column + 19)));
    }
  }
  // The first line has three numbers, the others four.
  const ephemeris = sat === undefined ? undefined : ephemerisFrom(sat, calendar(epoch), values);
  if (ephemeris === undefined) {
    nav.skipped.push({ line: bodyLine + at, reason: 'malformed', sat: first.slice(0, 3) });
  } else {
    nav.ephemerides.push(ephemeris);
  }
}

function calendar([year, month, day, hour, minute, second]: readonly (number | undefined)[]): Gpst {
  const missing = Number.NaN;
  return gpstFromCalendar(
    year ?? missing,
    month ?? missing,
    day ?? missing,
    hour ?? missing,
    minute ?? missing,
    second ?? missing,
  );
}

function ephemerisFrom(
  sat: SatelliteId,
  epoch: Gpst,
  v: readonly (number | undefined)[],
): BroadcastEphemeris | undefined {
  const at = (line: number, column: number): number =>
    v[line === 0 ? column : line * 4 - 1 + column] ?? Number.NaN;
  const week = at(5, 2);
  const toeSeconds = at(3, 0);
  const accuracy = accuracyFromIndex(accuracyIndex(at(6, 0)));
  const common = {
    sat,
    af0: at(0, 0),
    af1: at(0, 1),
    af2: at(0, 2),
    crs: at(1, 1),
    deltaN: at(1, 2),
    m0: at(1, 3),
    cuc: at(2, 0),
    e: at(2, 1),
    cus: at(2, 2),
    sqrtA: at(2, 3),
    cic: at(3, 1),
    omega0: at(3, 2),
    cis: at(3, 3),
    i0: at(4, 0),
    crc: at(4, 1),
    omega: at(4, 2),
    omegaDot: at(4, 3),
    idot: at(5, 0),
    health: at(6, 1),
  };
  const isBds = sat.startsWith('C');
  const ephemeris: BroadcastEphemeris = isBds
    ? {
        ...common,
        system: 'C',
        // The record's epoch is a calendar reading of BDT.
        toc: (epoch + GPST_MINUS_BDT) as Gpst,
        toe: gpstFromBdt(bdt(week, toeSeconds)),
        accuracy,
        aode: at(1, 0),
        aodc: v[28] ?? 0,
        tgd1: at(6, 2),
        tgd2: at(6, 3),
      }
    : {
        ...common,
        system: 'G',
        toc: epoch,
        toe: gpst(week, toeSeconds),
        accuracy,
        iode: at(1, 0),
        iodc: at(6, 3),
        tgd: at(6, 2),
        codeOnL2: v[20] ?? 0,
        l2pDataOff: v[22] === 1,
        // Written in hours, by some as the flag itself.
        extendedFit: (v[28] ?? 4) > 4 || v[28] === 1,
      };
  const complete = Object.values(ephemeris).every(
    (value) => typeof value !== 'number' || Number.isFinite(value),
  );
  return complete ? ephemeris : undefined;
}

function readKlobuchar(
  header: readonly { readonly label: string; readonly text: string }[],
  system: 'GPS' | 'BDS',
): Klobuchar | undefined {
  const coefficients = (letter: 'A' | 'B') => {
    const line = header.find((h) => h.label === 'IONOSPHERIC CORR' && h.text.startsWith(system + letter));
    if (line === undefined) return undefined;
    const [a, b, c, d] = [5, 17, 29, 41].map((from) => fortranNumber(line.text.slice(from, from + 12)));
    if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
    return [a, b, c, d] as const;
  };
  const alpha = coefficients('A');
  const beta = coefficients('B');
  return alpha && beta && { alpha, beta };
}
