import type { Vector3 } from '../geodesy.ts';
import type { GnssObservation, GnssObservationSet } from '../observation/observation-set.ts';
import { parseSatelliteId } from '../satellite.ts';
import { leapSecondsAtUtc } from '../time/leap-seconds.ts';
import { GPST_MINUS_BDT, type Gpst, gpstFromCalendar, isoFromGpst } from '../time/time-scale.ts';
import { fortranNumber, openRinex, type RinexFile } from './header.ts';

/** One epoch of a RINEX observation file. */
export interface RinexEpoch {
  readonly gpst: Gpst;
  readonly set: GnssObservationSet;
  /** One-based line of the epoch record. */
  readonly line: number;
}

/** A RINEX observation file: its header, and its epochs as they are asked for. */
export interface RinexObs {
  readonly marker: string;
  /** `APPROX POSITION XYZ`, metres. */
  readonly approximatePosition: Vector3 | undefined;
  /** Observation codes by system letter. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** Lines passed over, filled while the epochs are read: one-based line and why. */
  readonly skipped: { readonly line: number; readonly reason: 'event' | 'malformed' }[];
  epochs(): Generator<RinexEpoch>;
}

/** Width of an observation: F14.3 and two flags (RINEX 3.05, table A3). */
const FIELD = 16;

/**
 * Reads a RINEX 3 or 4 observation file (RINEX 3.05, tables A2 and A3).
 *
 * ```ts
 * for (const { set } of readRinexObs(text).epochs()) solvePosition({ set, ephemerides });
 * ```
 *
 * @throws GnssError `rinex-not-recognised`, `rinex-version`
 */
export function readRinexObs(text: string): RinexObs {
  const file = openRinex(text, 'O');
  const field = (label: string): string => file.header.find((h) => h.label === label)?.text ?? '';
  const approximate = field('APPROX POSITION XYZ').trim().split(/\s+/).map(Number);
  const [x, y, z] = approximate;
  const known = approximate.length === 3 && approximate.every(Number.isFinite);
  const marker = field('MARKER NAME').trim();
  const codes = readCodes(file);
  const timeSystem = field('TIME OF FIRST OBS').slice(48, 51).trim();
  const skipped: RinexObs['skipped'] = [];
  return {
    marker,
    approximatePosition: known ? [x as number, y as number, z as number] : undefined,
    codes,
    skipped,
    epochs: () => readEpochs(file, codes, timeSystem, marker, skipped),
  };
}

function readCodes(file: RinexFile): Map<string, string[]> {
  const codes = new Map<string, string[]>();
  let system = '';
  for (const { label, text } of file.header) {
    if (label !== 'SYS / # / OBS TYPES') continue;
    if (text.charAt(0) !== ' ') system = text.charAt(0);
    const more = text.slice(6).trim().split(/\s+/);
    // RINEX 3.02 alone numbers B1I as band 1.
    const renamed =
      system === 'C' && file.version === 3.02 ? more.map((code) => code.replace('1', '2')) : more;
    codes.set(system, [...(codes.get(system) ?? []), ...renamed]);
  }
  return codes;
}

function* readEpochs(
  file: RinexFile,
  codes: ReadonlyMap<string, readonly string[]>,
  timeSystem: string,
  receiver: string,
  skipped: RinexObs['skipped'],
): Generator<RinexEpoch> {
  let at = 0;
  while (at < file.body.length) {
    const line = file.body[at] as string;
    const number = file.bodyLine + at;
    at += 1;
    if (!line.startsWith('>')) {
      if (line.trim() !== '') skipped.push({ line: number, reason: 'malformed' });
      continue;
    }
    const flag = Number(line.slice(29, 32));
    const count = Number(line.slice(32, 35));
    const records: string[] = [];
    while (records.length < count && at < file.body.length && !file.body[at]?.startsWith('>')) {
      records.push(file.body[at] as string);
      at += 1;
    }
    const gpst = epochTime(line, timeSystem);
    // Flags above 1 announce events and header lines instead of observations.
    if (flag > 1) skipped.push({ line: number, reason: 'event' });
    else if (gpst === undefined || records.length !== count)
      skipped.push({ line: number, reason: 'malformed' });
    else {
      const gnssObservationList: GnssObservation[] = [];
      for (const [index, record] of records.entries()) {
        const observation = readObservation(record, codes);
        if (observation === undefined) skipped.push({ line: number + 1 + index, reason: 'malformed' });
        else if (observation.ob.length > 0) gnssObservationList.push(observation);
      }
      yield { gpst, set: { ts: isoFromGpst(gpst), receiver, gnssObservationList }, line: number };
    }
  }
}

function epochTime(line: string, timeSystem: string): Gpst | undefined {
  const [year, month, day, hour, minute, second] = line.slice(1, 29).trim().split(/\s+/).map(Number);
  const missing = Number.NaN;
  const reading = gpstFromCalendar(
    year ?? missing,
    month ?? missing,
    day ?? missing,
    hour ?? missing,
    minute ?? missing,
    second ?? missing,
  );
  if (!Number.isFinite(reading)) return undefined;
  if (timeSystem === 'BDT') return (reading + GPST_MINUS_BDT) as Gpst;
  if (timeSystem !== 'GLO' && timeSystem !== 'UTC') return reading;
  const utc = Date.UTC(year ?? missing, (month ?? missing) - 1, day ?? missing, hour, minute);
  return (reading + leapSecondsAtUtc(utc)) as Gpst;
}

function readObservation(
  record: string,
  codes: ReadonlyMap<string, readonly string[]>,
): GnssObservation | undefined {
  const gnssSatId = parseSatelliteId(record.slice(0, 3));
  const known = codes.get(record.charAt(0));
  if (gnssSatId === undefined || known === undefined) return undefined;
  const obsCodeSet: string[] = [];
  const ob: number[] = [];
  for (const [index, code] of known.entries()) {
    const from = 3 + index * FIELD;
    const value = fortranNumber(record.slice(from, from + 14));
    // Zero stands for no observation, but a Doppler may really be zero.
    if (value === undefined || (value === 0 && !code.startsWith('D'))) continue;
    obsCodeSet.push(code);
    ob.push(value);
  }
  return { gnssSatId, obsCodeSet, ob };
}
