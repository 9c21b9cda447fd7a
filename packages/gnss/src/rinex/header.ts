import { GnssError } from '../error.ts';

/** Lines of a RINEX 3 or 4 file, split into header and body, with the labels of columns 61 to 80 taken off. */
export interface RinexFile {
  readonly version: number;
  readonly header: readonly { readonly label: string; readonly text: string }[];
  readonly body: readonly string[];
  /** One-based number of the body's first line. */
  readonly bodyLine: number;
}

/**
 * Splits a RINEX file and checks what it is (RINEX 3.05, 5.1).
 *
 * @param type `N` for navigation, `O` for observation data
 * @throws GnssError `rinex-not-recognised`, `rinex-version`
 */
export function openRinex(text: string, type: 'N' | 'O'): RinexFile {
  const lines = text.split(/\r?\n/);
  const first = lines[0] ?? '';
  if (labelOf(first) !== 'RINEX VERSION / TYPE') {
    throw new GnssError('rinex-not-recognised', 'the first line is no RINEX VERSION / TYPE');
  }
  const version = Number.parseFloat(first.slice(0, 9));
  if (!(version >= 3 && version < 5)) {
    throw new GnssError('rinex-version', `RINEX ${first.slice(0, 9).trim()} is not read, only 3 and 4`);
  }
  const actual = first.charAt(20);
  if (actual !== type) {
    throw new GnssError(
      'rinex-version',
      `a file of type ${type} was expected, this one is of type '${actual}'`,
    );
  }
  const end = lines.findIndex((line) => labelOf(line) === 'END OF HEADER');
  if (end < 0) throw new GnssError('rinex-not-recognised', 'the header has no END OF HEADER');
  const header = lines.slice(0, end).map((line) => ({ label: labelOf(line), text: line.slice(0, 60) }));
  return { version, header, body: lines.slice(end + 1), bodyLine: end + 2 };
}

function labelOf(line: string): string {
  return line.slice(60, 80).trim();
}

/** A Fortran number: blank is undefined, D and E mark the exponent. */
export function fortranNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const value = Number(trimmed.replace(/[dD]/, 'e'));
  return Number.isFinite(value) ? value : undefined;
}
