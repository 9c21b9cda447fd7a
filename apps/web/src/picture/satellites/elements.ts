import type { SatRec } from 'satellite.js';
import { json2satrec } from 'satellite.js/elements';
import { type Item, number, text } from '../objects/kind.ts';

/** Mean elements of one object as the worker gets them. */
export interface Elements {
  readonly key: string;
  readonly item: Item;
}

/**
 * Initialises SGP4 from an element set in the field names of the Unified Data Library (degrees, revolutions a day).
 * Undefined where elements are missing or SGP4 refuses them: it would answer NaN without saying why.
 */
export function satrecOf(item: Item): SatRec | undefined {
  const n = (name: string): number => number(item[name]) ?? Number.NaN;
  const epoch = text(item['epoch']);
  const needed = ['meanMotion', 'eccentricity', 'inclination', 'raan', 'argOfPerigee', 'meanAnomaly'].map(n);
  if (epoch === undefined || Number.isNaN(Date.parse(epoch)) || needed.some(Number.isNaN)) return undefined;
  if (n('meanMotion') <= 0 || n('eccentricity') < 0 || n('eccentricity') >= 1) return undefined;
  const satrec = json2satrec({
    OBJECT_NAME: text(item['origObjectId']) ?? '',
    OBJECT_ID: text(item['origObjectId']) ?? '',
    EPOCH: epoch,
    MEAN_MOTION: n('meanMotion'),
    ECCENTRICITY: n('eccentricity'),
    INCLINATION: n('inclination'),
    RA_OF_ASC_NODE: n('raan'),
    ARG_OF_PERICENTER: n('argOfPerigee'),
    MEAN_ANOMALY: n('meanAnomaly'),
    EPHEMERIS_TYPE: 0,
    CLASSIFICATION_TYPE: 'U',
    NORAD_CAT_ID: text(item['satNo']) ?? '0',
    ELEMENT_SET_NO: 0,
    REV_AT_EPOCH: 0,
    BSTAR: number(item['bStar']) ?? 0,
    MEAN_MOTION_DOT: number(item['meanMotionDot']) ?? 0,
    MEAN_MOTION_DDOT: number(item['meanMotionDDot']) ?? 0,
  });
  return satrec.error === 0 ? satrec : undefined;
}
