import { type Elset, elementOutOfRange } from './elset.ts';
import { epochText, parseEpoch } from './epoch.ts';
import type { CatalogueFaultReason, RecordFault } from './fault.ts';

/**
 * The keywords of an orbit mean-elements message (CCSDS 502.0-B-3, section 4) with their values, from whatever form:
 * a value is a number, or a text that holds one.
 */
export type OmmKeywords = Readonly<Record<string, unknown>>;

const fault = (keyword: string | null, reason: CatalogueFaultReason, message: string): RecordFault => ({
  fault: true,
  part: keyword,
  column: 1,
  field: keyword,
  reason,
  message,
});

/** Keywords that may be left out, but not say something else. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  CENTER_NAME: ['EARTH'],
  REF_FRAME: ['TEME'],
  TIME_SYSTEM: ['UTC'],
  MEAN_ELEMENT_THEORY: ['SGP4', 'SGP/SGP4', 'SGP', 'SGP4-XP'],
};

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

class Bad {
  readonly fault: RecordFault;
  constructor(result: RecordFault) {
    this.fault = result;
  }
}

function textOf(keywords: OmmKeywords, keyword: string): string | null {
  const value = keywords[keyword];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new Bad(fault(keyword, 'value', `${keyword} is neither text nor number`));
  }
  const text = String(value).trim();
  return text === '' ? null : text;
}

function optional(keywords: OmmKeywords, keyword: string): number | null {
  const text = textOf(keywords, keyword);
  if (text === null) return null;
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value))
    throw new Bad(fault(keyword, 'value', `${keyword} is no number: ${text.slice(0, 40)}`));
  return value + 0;
}

function required(keywords: OmmKeywords, keyword: string): number {
  const value = optional(keywords, keyword);
  if (value === null) throw new Bad(fault(keyword, 'missing', `${keyword} is missing`));
  return value;
}

function whole(keywords: OmmKeywords, keyword: string): number | null {
  const value = optional(keywords, keyword);
  if (value === null || Number.isSafeInteger(value)) return value;
  throw new Bad(fault(keyword, 'value', `${keyword} is no whole number`));
}

/** Which keyword carries an element. */
const KEYWORD_OF: Partial<Record<keyof Elset, string>> = {
  satNo: 'NORAD_CAT_ID',
  meanMotion: 'MEAN_MOTION',
  eccentricity: 'ECCENTRICITY',
  inclination: 'INCLINATION',
  raan: 'RA_OF_ASC_NODE',
  argOfPerigee: 'ARG_OF_PERICENTER',
  meanAnomaly: 'MEAN_ANOMALY',
  bStar: 'BSTAR',
};

/** Reads the keywords of one message. */
export function readOmm(keywords: OmmKeywords): Elset | RecordFault {
  try {
    return elsetOf(keywords);
  } catch (error) {
    if (error instanceof Bad) return error.fault;
    throw error;
  }
}

function elsetOf(keywords: OmmKeywords): Elset | RecordFault {
  for (const [keyword, allowed] of Object.entries(ONLY)) {
    const text = textOf(keywords, keyword);
    if (text !== null && !allowed.includes(text.toUpperCase())) {
      return fault(
        keyword,
        'unsupported',
        `${keyword} is ${text.slice(0, 40)}, read are ${allowed.join(', ')}`,
      );
    }
  }
  const satNo = required(keywords, 'NORAD_CAT_ID');
  const epochValue = textOf(keywords, 'EPOCH');
  if (epochValue === null) return fault('EPOCH', 'missing', 'EPOCH is missing');
  const epoch = parseEpoch(epochValue);
  if (epoch === undefined) return fault('EPOCH', 'value', `EPOCH is no time: ${epochValue.slice(0, 40)}`);
  const kind = textOf(keywords, 'CLASSIFICATION_TYPE');
  const xp = textOf(keywords, 'MEAN_ELEMENT_THEORY')?.toUpperCase() === 'SGP4-XP';
  const elset: Elset = {
    satNo,
    origObjectId: textOf(keywords, 'OBJECT_ID'),
    name: textOf(keywords, 'OBJECT_NAME'),
    epoch: epochText(epoch),
    meanMotion: required(keywords, 'MEAN_MOTION'),
    eccentricity: required(keywords, 'ECCENTRICITY'),
    inclination: required(keywords, 'INCLINATION'),
    raan: required(keywords, 'RA_OF_ASC_NODE'),
    argOfPerigee: required(keywords, 'ARG_OF_PERICENTER'),
    meanAnomaly: required(keywords, 'MEAN_ANOMALY'),
    bStar: required(keywords, 'BSTAR'),
    meanMotionDot: optional(keywords, 'MEAN_MOTION_DOT') ?? 0,
    meanMotionDDot: optional(keywords, 'MEAN_MOTION_DDOT') ?? 0,
    revNo: whole(keywords, 'REV_AT_EPOCH'),
    ephemType: whole(keywords, 'EPHEMERIS_TYPE') ?? (xp ? 4 : 0),
    elementSetNo: whole(keywords, 'ELEMENT_SET_NO'),
    classificationType: kind === 'U' || kind === 'C' || kind === 'S' ? kind : null,
  };
  const bad = elementOutOfRange(elset);
  if (bad === undefined) return elset;
  const keyword = KEYWORD_OF[bad.field] ?? null;
  return fault(keyword, 'range', `${keyword} must be ${bad.rule}`);
}

/** The keywords of an element set, as CelesTrak and Space-Track order and spell them. */
export function ommKeywords(elset: Elset): Record<string, string | number> {
  return {
    ...(elset.name === null ? {} : { OBJECT_NAME: elset.name }),
    ...(elset.origObjectId === null ? {} : { OBJECT_ID: elset.origObjectId }),
    EPOCH: elset.epoch.replace(/Z$/, ''),
    MEAN_MOTION: elset.meanMotion,
    ECCENTRICITY: elset.eccentricity,
    INCLINATION: elset.inclination,
    RA_OF_ASC_NODE: elset.raan,
    ARG_OF_PERICENTER: elset.argOfPerigee,
    MEAN_ANOMALY: elset.meanAnomaly,
    EPHEMERIS_TYPE: elset.ephemType,
    ...(elset.classificationType === null ? {} : { CLASSIFICATION_TYPE: elset.classificationType }),
    NORAD_CAT_ID: elset.satNo,
    ...(elset.elementSetNo === null ? {} : { ELEMENT_SET_NO: elset.elementSetNo }),
    ...(elset.revNo === null ? {} : { REV_AT_EPOCH: elset.revNo }),
    BSTAR: elset.bStar,
    MEAN_MOTION_DOT: elset.meanMotionDot,
    MEAN_MOTION_DDOT: elset.meanMotionDDot,
  };
}

/** Element sets as an OMM JSON document, one object a line. */
export const writeOmmJson = (elsets: Iterable<Elset>): string =>
  `[${Array.from(elsets, (elset) => JSON.stringify(ommKeywords(elset))).join(',\n')}]\n`;
