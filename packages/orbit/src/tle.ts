import { type Elset, elementOutOfRange } from './elset.ts';
import { epochText, tleEpoch } from './epoch.ts';
import type { CatalogueFaultReason, RecordFault } from './fault.ts';

/** Columns of a field, from 1, both included, and the form of what stands there. */
type Column = readonly [field: string, from: number, to: number, form: RegExp];

const ANGLE = /^ {0,2}\d{1,3}\.\d{4}$/;
const EXPONENT = /^[ 0+-]\d{5}[ +-]\d$/;
const BLANK = /^ $/;
const NUMBER = /^(?:[A-HJ-NP-Z]\d{4}| {0,4}\d{1,5})$/;

/** CelesTrak and Space-Track, "two-line element set format". */
const LINE_1: readonly Column[] = [
  ['lineNumber', 1, 2, /^1 $/],
  ['satNo', 3, 7, NUMBER],
  ['classificationType', 8, 8, /^[UCS ]$/],
  ['separator', 9, 9, BLANK],
  ['origObjectId', 10, 17, /^(?:\d{5}[A-Z]{0,3} {0,3}| {8})$/],
  ['separator', 18, 18, BLANK],
  ['epoch', 19, 32, /^[ \d]\d[ \d]{2}\d\.\d{8}$/],
  ['separator', 33, 33, BLANK],
  ['meanMotionDot', 34, 43, /^[ 0+-]\.\d{8}$/],
  ['separator', 44, 44, BLANK],
  ['meanMotionDDot', 45, 52, EXPONENT],
  ['separator', 53, 53, BLANK],
  ['bStar', 54, 61, EXPONENT],
  ['separator', 62, 62, BLANK],
  ['ephemType', 63, 63, /^[ \d]$/],
  ['separator', 64, 64, BLANK],
  ['elementSetNo', 65, 68, /^ *\d*$/],
  ['checksum', 69, 69, /^\d$/],
];

const LINE_2: readonly Column[] = [
  ['lineNumber', 1, 2, /^2 $/],
  ['satNo', 3, 7, NUMBER],
  ['separator', 8, 8, BLANK],
  ['inclination', 9, 16, ANGLE],
  ['separator', 17, 17, BLANK],
  ['raan', 18, 25, ANGLE],
  ['separator', 26, 26, BLANK],
  ['eccentricity', 27, 33, /^ {0,6}\d{1,7}$/],
  ['separator', 34, 34, BLANK],
  ['argOfPerigee', 35, 42, ANGLE],
  ['separator', 43, 43, BLANK],
  ['meanAnomaly', 44, 51, ANGLE],
  ['separator', 52, 52, BLANK],
  ['meanMotion', 53, 63, /^[ \d]\d\.\d{8}$/],
  ['revNo', 64, 68, /^ *\d*$/],
  ['checksum', 69, 69, /^\d$/],
];

export interface TleOptions {
  /** Do not refuse a wrong checksum, as the published verification sets of SGP4 need; default false. */
  readonly ignoreChecksum?: boolean;
}

/** Sum of the digits of the first 68 columns, a minus sign counting one, modulo 10. */
export function tleChecksum(line: string): number {
  let sum = 0;
  for (let i = 0; i < 68; i++) {
    const code = line.charCodeAt(i);
    if (code > 48 && code <= 57) sum += code - 48;
    else if (code === 45) sum++;
  }
  return sum % 10;
}

function fault(
  part: 1 | 2,
  column: number,
  field: string | null,
  reason: CatalogueFaultReason,
  message: string,
): RecordFault {
  return { fault: true, part, column, field, reason, message: `line ${part}: ${message}` };
}

/** What is wrong with one line for itself. Text behind column 69 is passed over if a blank separates it. */
export function checkTleLine(part: 1 | 2, line: string, options: TleOptions = {}): RecordFault | undefined {
  if (line.length < 69 || (line.length > 69 && line[69] !== ' ')) {
    return fault(
      part,
      Math.min(line.length, 69) + 1,
      null,
      'line-length',
      `69 characters needed, ${line.length} found`,
    );
  }
  for (const [field, from, to, form] of part === 1 ? LINE_1 : LINE_2) {
    if (!form.test(line.slice(from - 1, to))) {
      const place = from === to ? `column ${from}` : `columns ${from} to ${to}`;
      return fault(part, from, field, 'column', `${field} in ${place} is not of its form`);
    }
  }
  const sum = tleChecksum(line);
  if (options.ignoreChecksum !== true && Number(line[68]) !== sum) {
    return fault(part, 69, 'checksum', 'checksum', `checksum is ${sum}, the line says ${line[68]}`);
  }
  return undefined;
}

/** Catalogue number of columns 3-7; a leading letter (Alpha-5, without I and O) stands for 10 to 33. */
export function tleNumber(columns: string): number {
  const letter = columns.charCodeAt(0) - 65;
  if (letter < 0) return Number(columns);
  return (10 + letter - (letter > 8 ? 1 : 0) - (letter > 14 ? 1 : 0)) * 10_000 + Number(columns.slice(1));
}

/** `±.12345` with a power of ten, as ` 12345-4`. */
function exponential(columns: string): number {
  const sign = columns[0] === '-' ? '-' : '';
  const power = columns[6] === '-' ? '-' : '';
  return Number(`${sign}0.${columns.slice(1, 6)}e${power}${columns[7]}`) + 0;
}

const orNull = (columns: string): number | null => (columns.trim() === '' ? null : Number(columns));

/** `98067A` as `1998-067A`. */
function designator(columns: string): string | null {
  if (columns.trim() === '') return null;
  const year = Number(columns.slice(0, 2));
  return `${year < 57 ? 2000 + year : 1900 + year}-${columns.slice(2).trim()}`;
}

/** Reads a two-line element set, with its name line if it had one. */
export function readTle(
  line1: string,
  line2: string,
  name: string | null = null,
  options: TleOptions = {},
): Elset | RecordFault {
  const wrong = checkTleLine(1, line1, options) ?? checkTleLine(2, line2, options);
  if (wrong !== undefined) return wrong;
  const satNo = tleNumber(line1.slice(2, 7));
  const other = tleNumber(line2.slice(2, 7));
  if (other !== satNo) return fault(2, 3, 'satNo', 'number', `object ${other}, but line 1 is of ${satNo}`);
  const epoch = tleEpoch(Number(line1.slice(18, 20)), Number(line1.slice(20, 32)));
  if (epoch === undefined) return fault(1, 21, 'epoch', 'range', 'epoch is not a day of its year');
  const kind = line1[7];
  const elset: Elset = {
    satNo,
    origObjectId: designator(line1.slice(9, 17)),
    name,
    epoch: epochText(epoch),
    meanMotion: Number(line2.slice(52, 63)),
    eccentricity: Number(`0.${line2.slice(26, 33).replaceAll(' ', '0')}`),
    inclination: Number(line2.slice(8, 16)),
    raan: Number(line2.slice(17, 25)),
    argOfPerigee: Number(line2.slice(34, 42)),
    meanAnomaly: Number(line2.slice(43, 51)),
    bStar: exponential(line1.slice(53, 61)),
    meanMotionDot: Number(line1.slice(33, 43).replace(/^[ 0]/, '')) + 0,
    meanMotionDDot: exponential(line1.slice(44, 52)),
    revNo: orNull(line2.slice(63, 68)),
    ephemType: orNull(line1.slice(62, 63)) ?? 0,
    elementSetNo: orNull(line1.slice(64, 68)),
    classificationType: kind === 'U' || kind === 'C' || kind === 'S' ? kind : null,
    line1: line1.slice(0, 69),
    line2: line2.slice(0, 69),
  };
  const bad = elementOutOfRange(elset);
  if (bad === undefined) return elset;
  const column = LINE_2.find(([field]) => field === bad.field)?.[1] ?? 1;
  return fault(2, column, bad.field, 'range', `${bad.field} must be ${bad.rule}`);
}
