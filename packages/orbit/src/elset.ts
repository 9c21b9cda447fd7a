/**
 * A general-perturbations element set (SGP4 mean elements, TEME of epoch, UTC) under the field names of the Unified
 * Data Library's `elset`, plus what that lacks: `name`, `elementSetNo`, `classificationType`.
 */
export interface Elset {
  /** Catalogue number, up to nine digits. */
  readonly satNo: number;
  /** International designator as `1998-067A`; null where the source gives none. */
  readonly origObjectId: string | null;
  /** Name of the object, null where the source gives none. */
  readonly name: string | null;
  /** UTC, ISO 8601 with microseconds and Z. */
  readonly epoch: string;
  /** Revolutions a day (Kozai). */
  readonly meanMotion: number;
  readonly eccentricity: number;
  /** Degrees, as all angles here. */
  readonly inclination: number;
  /** Right ascension of the ascending node. */
  readonly raan: number;
  readonly argOfPerigee: number;
  readonly meanAnomaly: number;
  /** Drag term, inverse Earth radii. */
  readonly bStar: number;
  /** Half the first derivative of mean motion, revolutions a day²; SGP4 does not use it. */
  readonly meanMotionDot: number;
  /** A sixth of the second derivative, revolutions a day³; SGP4 does not use it. */
  readonly meanMotionDDot: number;
  /** Revolution number at epoch. */
  readonly revNo: number | null;
  /** 0 for SGP4; 4 is SGP4-XP, which is read but not propagated. */
  readonly ephemType: number;
  readonly elementSetNo: number | null;
  readonly classificationType: 'U' | 'C' | 'S' | null;
  /** The lines it was read from, where it was a two-line set. */
  readonly line1?: string;
  readonly line2?: string;
}

/** A rule about one number of an element set. */
interface Range {
  readonly field: keyof Elset;
  readonly holds: (value: number) => boolean;
  readonly rule: string;
}

const angle = (field: keyof Elset, most: number): Range => ({
  field,
  holds: (value) => value >= 0 && value <= most,
  rule: `from 0 to ${most} degrees`,
});

const RANGES: readonly Range[] = [
  {
    field: 'satNo',
    holds: (value) => Number.isInteger(value) && value >= 0 && value < 1e9,
    rule: 'at most nine digits',
  },
  {
    field: 'meanMotion',
    holds: (value) => value > 0 && value < 100,
    rule: 'above 0 and below 100 revolutions a day',
  },
  { field: 'eccentricity', holds: (value) => value >= 0 && value < 1, rule: 'from 0 to below 1' },
  angle('inclination', 180),
  angle('raan', 360),
  angle('argOfPerigee', 360),
  angle('meanAnomaly', 360),
  { field: 'bStar', holds: (value) => Math.abs(value) < 1e10, rule: 'finite' },
];

/** The first number that is no element of an orbit, and its rule. */
export function elementOutOfRange(elset: Elset): { field: keyof Elset; rule: string } | undefined {
  for (const { field, holds, rule } of RANGES) {
    const value = elset[field];
    if (typeof value !== 'number' || !holds(value)) return { field, rule };
  }
  return undefined;
}
