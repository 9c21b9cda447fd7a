import { detectFormat } from '@concord/feeds';
import { UsageError } from '../verb.ts';

/** Forms of GNSS data that are read here. */
export type GnssForm = 'rtcm3' | 'rinex-obs' | 'rinex-nav';

/** As much of an input as its form is told from. */
export const HEAD_BYTES = 65_536;

/**
 * Tells the form of an input by its first bytes; `format` is what the user says it is.
 *
 * @throws UsageError for a form that is not read, or none
 */
export function formOf(name: string, head: Uint8Array, format?: string): GnssForm {
  if (format !== undefined && !['rtcm3', 'rinex', 'nmea', 'ubx'].includes(format))
    throw new UsageError(`--format is rtcm3, rinex, nmea or ubx, not "${format}"`);
  if (format === 'nmea' || format === 'ubx') throw notRead(name, format.toUpperCase());
  if (format === 'rtcm3') return 'rtcm3';
  const first = Buffer.from(head.subarray(0, 256)).toString('latin1').split(/\r?\n/, 1)[0] ?? '';
  const label = first.slice(60, 80).trim();
  if (label === 'RINEX VERSION / TYPE') return rinexForm(name, first);
  if (label === 'CRINEX VERS   / TYPE')
    throw new UsageError(`${name}: compact RINEX (Hatanaka) is not read by this version; expand it first`);
  if (format === 'rinex')
    throw new UsageError(`${name}: line 1: no RINEX file begins so; RINEX VERSION / TYPE is missing`);
  if (detectFormat(name, head) === 'rtcm3') return 'rtcm3';
  const text = Buffer.from(head).toString('latin1');
  if (/(?:^|\n)\$G[A-Z]{4},/.test(text)) throw notRead(name, 'NMEA');
  if (text.includes('\xb5\x62')) throw notRead(name, 'UBX');
  throw new UsageError(`${name}: neither RTCM 3 nor RINEX; --format says which, if it is one of them`);
}

function rinexForm(name: string, first: string): GnssForm {
  const type = first.charAt(20);
  if (type === 'O') return 'rinex-obs';
  // In RINEX 2 the other systems had letters of their own; the reader says that this version is not read.
  if ('NGHL'.includes(type)) return 'rinex-nav';
  throw new UsageError(`${name}: line 1: RINEX files of type "${type}" are not read`);
}

const notRead = (name: string, format: string) =>
  new UsageError(`${name}: ${format} is not read by this version`);
