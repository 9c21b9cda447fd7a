import type { Elset } from './elset.ts';
import { parseEpoch, tleEpochColumns } from './epoch.ts';
import { isFault } from './fault.ts';
import { readTle, tleChecksum } from './tle.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Columns 3-7, Alpha-5 from 100,000; undefined from 340,000. */
function numberColumns(satNo: number): string | undefined {
  if (satNo < 100_000) return String(satNo).padStart(5, '0');
  const letter = LETTERS[Math.floor(satNo / 10_000) - 10];
  return letter === undefined ? undefined : letter + String(satNo % 10_000).padStart(4, '0');
}

/** ` 12345-4` for 0.12345e-4. */
function exponentColumns(value: number): string {
  if (value === 0) return ' 00000+0';
  const [mantissa = '', power = ''] = Math.abs(value).toExponential(4).split('e');
  const exponent = Number(power) + 1;
  const digits = mantissa.replace('.', '');
  return `${value < 0 ? '-' : ' '}${digits}${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

const angleColumns = (degrees: number): string => degrees.toFixed(4).padStart(8);

const closed = (line: string): string => line + tleChecksum(line);

/**
 * The two lines that say exactly what an element set says; undefined where its values have more digits than the
 * columns (nine-digit numbers, epochs between steps of 864 µs, …).
 */
export function writeTle(elset: Elset): { line1: string; line2: string } | undefined {
  const micros = parseEpoch(elset.epoch);
  const epoch = micros === undefined ? undefined : tleEpochColumns(micros);
  const number = numberColumns(elset.satNo);
  if (epoch === undefined || number === undefined) return undefined;
  const designator = /^\d\d(\d\d)-(\d{3}[A-Z]{0,3})$/.exec(elset.origObjectId ?? '');
  const object = designator === null ? '' : `${designator[1]}${designator[2]}`;
  const dot = elset.meanMotionDot.toFixed(8).replace('0.', '.').padStart(10);
  const drag = `${exponentColumns(elset.meanMotionDDot)} ${exponentColumns(elset.bStar)}`;
  const set = String(elset.elementSetNo ?? '').padStart(4);
  const kind = elset.classificationType ?? ' ';
  const line1 = closed(
    `1 ${number}${kind} ${object.padEnd(8)} ${epoch} ${dot} ${drag} ${elset.ephemType} ${set}`,
  );
  const eccentricity = elset.eccentricity.toFixed(7).slice(2);
  const motion = elset.meanMotion.toFixed(8).padStart(11);
  const angles = `${angleColumns(elset.inclination)} ${angleColumns(elset.raan)} ${eccentricity}`;
  const more = `${angleColumns(elset.argOfPerigee)} ${angleColumns(elset.meanAnomaly)}`;
  const line2 = closed(`2 ${number} ${angles} ${more} ${motion}${String(elset.revNo ?? '').padStart(5)}`);
  const again = readTle(line1, line2, elset.name);
  if (isFault(again)) return undefined;
  for (const field of EXACT) if (again[field] !== elset[field]) return undefined;
  return { line1, line2 };
}

const EXACT = [
  'satNo',
  'origObjectId',
  'epoch',
  'meanMotion',
  'eccentricity',
  'inclination',
  'raan',
  'argOfPerigee',
  'meanAnomaly',
  'bStar',
  'meanMotionDot',
  'meanMotionDDot',
  'revNo',
  'ephemType',
  'elementSetNo',
  'classificationType',
] as const satisfies readonly (keyof Elset)[];
