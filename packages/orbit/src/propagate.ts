import { gstime, json2satrec, type SatRec, sgp4, twoline2satrec } from 'satellite.js';
import { type Elset, elementOutOfRange } from './elset.ts';
import { epochText, parseEpoch } from './epoch.ts';
import { OrbitError } from './error.ts';
import { writeTle } from './tle-writer.ts';

export type Vector = readonly [x: number, y: number, z: number];

/** State in the true equator, mean equinox frame of the instant. */
export interface TemeState {
  readonly frame: 'TEME';
  readonly position_km: Vector;
  readonly velocity_km_s: Vector;
}

/**
 * Why an element set gives no state at an instant.
 *
 * - `bad-elements`: numbers that are no orbit, or an epoch that is no time
 * - `unsupported-theory`: mean elements of another theory than SGP4 (ephemeris type 4 is SGP4-XP)
 * - `decayed`: SGP4 finds the object below the surface
 * - `diverged`: the mean elements have left what the theory allows, or the result is no number
 * - `out-of-range`: SGP4 gives a distance from the Earth's centre under 6,378 km or over 500,000 km and no error, as
 *   it does for sets of objects that have come down
 */
export type PropagationErrorCode =
  | 'bad-elements'
  | 'unsupported-theory'
  | 'decayed'
  | 'diverged'
  | 'out-of-range';

export interface PropagationFailure {
  readonly error: PropagationErrorCode;
  readonly message: string;
}

export const isFailure = (result: object): result is PropagationFailure => 'error' in result;

/** Distances from the Earth's centre, km, outside which a result is none. */
export const LEAST_RADIUS_KM = 6378;
export const MOST_RADIUS_KM = 500_000;

const failure = (error: PropagationErrorCode, message: string): PropagationFailure => ({ error, message });

/** An element set prepared for SGP4. */
export interface Prepared {
  readonly satrec: SatRec;
  readonly epochMicros: number;
}

const prepared = new WeakMap<Elset, Prepared | PropagationFailure>();

/**
 * SGP4 constants of an element set (WGS 72, improved mode), kept as long as the object lives. The epoch matters to the
 * microsecond, which the library's reader of messages cuts to milliseconds: so elements that fit the columns of a
 * two-line set go in by those, and the others have their epoch put right afterwards.
 */
export function prepare(elset: Elset): Prepared | PropagationFailure {
  let result = prepared.get(elset);
  if (result === undefined) {
    result = prepareAfresh(elset);
    prepared.set(elset, result);
  }
  return result;
}

function prepareAfresh(elset: Elset): Prepared | PropagationFailure {
  const bad = elementOutOfRange(elset);
  if (bad !== undefined) return failure('bad-elements', `${bad.field} must be ${bad.rule}`);
  if (elset.ephemType === 4) return failure('unsupported-theory', 'elements of SGP4-XP');
  const epochMicros = parseEpoch(elset.epoch);
  if (epochMicros === undefined) return failure('bad-elements', 'epoch is no time');
  const satrec = satrecOf(elset, epochMicros);
  if (satrec.error !== 0) return failureOf(satrec.error);
  return { satrec, epochMicros };
}

function satrecOf(elset: Elset, epochMicros: number): SatRec {
  // Nothing of these changes the orbit, and any of them may be too long for its columns.
  const bare = {
    satNo: 0,
    origObjectId: null,
    meanMotionDot: 0,
    meanMotionDDot: 0,
    revNo: null,
    elementSetNo: null,
  };
  const lines = writeTle({ ...elset, ...bare, ephemType: 0 });
  if (lines !== undefined) return twoline2satrec(lines.line1, lines.line2);
  const satrec = json2satrec({
    OBJECT_NAME: '',
    OBJECT_ID: '',
    NORAD_CAT_ID: 0,
    EPHEMERIS_TYPE: 0,
    CLASSIFICATION_TYPE: 'U',
    ELEMENT_SET_NO: 0,
    REV_AT_EPOCH: 0,
    EPOCH: epochText(epochMicros),
    MEAN_MOTION: elset.meanMotion,
    ECCENTRICITY: elset.eccentricity,
    INCLINATION: elset.inclination,
    RA_OF_ASC_NODE: elset.raan,
    ARG_OF_PERICENTER: elset.argOfPerigee,
    MEAN_ANOMALY: elset.meanAnomaly,
    BSTAR: elset.bStar,
    MEAN_MOTION_DOT: 0,
    MEAN_MOTION_DDOT: 0,
  });
  satrec.jdsatepoch = epochMicros / 86_400e6 + 2_440_587.5;
  satrec.gsto = gstime(satrec.jdsatepoch);
  return satrec;
}

/** An error number of SGP4 as a failure. */
export function failureOf(error: number): PropagationFailure {
  switch (error) {
    case 6:
      return failure('decayed', 'the object is below the surface');
    case 1:
      return failure('diverged', 'mean eccentricity out of range');
    case 2:
      return failure('diverged', 'mean motion below zero');
    case 3:
      return failure('diverged', 'perturbed eccentricity out of range');
    case 4:
      return failure('diverged', 'semi-latus rectum below zero');
    default:
      return failure('diverged', `SGP4 error ${error}`);
  }
}

/** Whether a position is that of an object in orbit; what is wrong with it if not. */
export function checkRadius(x: number, y: number, z: number): PropagationFailure | undefined {
  const radius = Math.sqrt(x * x + y * y + z * z);
  if (Number.isNaN(radius)) return failure('diverged', 'the result is no number');
  if (radius >= LEAST_RADIUS_KM && radius <= MOST_RADIUS_KM) return undefined;
  return failure('out-of-range', `${radius.toPrecision(6)} km from the centre of the Earth`);
}

/** Propagates an element set by SGP4 to a number of minutes after its epoch. */
export function propagateMinutes(elset: Elset, minutes: number): TemeState | PropagationFailure {
  if (!Number.isFinite(minutes))
    throw new OrbitError('instant', 'minutes', `a finite number, not ${minutes}`);
  const ready = prepare(elset);
  return isFailure(ready) ? ready : stateAt(ready, minutes);
}

/** Propagates an element set by SGP4 to an instant: Unix time in milliseconds, fractions taken. */
export function propagate(elset: Elset, instant: number): TemeState | PropagationFailure {
  if (!Number.isFinite(instant))
    throw new OrbitError('instant', 'instant', `Unix milliseconds, not ${instant}`);
  const ready = prepare(elset);
  return isFailure(ready) ? ready : stateAt(ready, minutesAfter(ready, instant));
}

/** Minutes from the epoch to an instant (Unix milliseconds). */
export const minutesAfter = (ready: Prepared, instant: number): number =>
  (instant * 1000 - ready.epochMicros) / 60e6;

function stateAt(ready: Prepared, minutes: number): TemeState | PropagationFailure {
  const result = sgp4(ready.satrec, minutes);
  if (result === null || ready.satrec.error !== 0) return failureOf(ready.satrec.error);
  const { position, velocity } = result;
  const wrong = checkRadius(position.x, position.y, position.z);
  if (wrong !== undefined) return wrong;
  return {
    frame: 'TEME',
    position_km: [position.x, position.y, position.z],
    velocity_km_s: [velocity.x, velocity.y, velocity.z],
  };
}

/** A line of output of `concord orbit propagate`. */
export interface PropagationLine extends TemeState {
  /** Catalogue number. */
  readonly id: number;
  readonly epoch: string;
  /** Minutes after the epoch. */
  readonly minutes: number;
}

/** A state with what it is of, `minutes` after its epoch. */
export function propagationLine(elset: Elset, minutes: number): PropagationLine | PropagationFailure {
  const state = propagateMinutes(elset, minutes);
  if (isFailure(state)) return state;
  return { id: elset.satNo, epoch: elset.epoch, minutes, ...state };
}

/** Minutes from the epoch of an element set to an instant (Unix milliseconds); NaN if its epoch is no time. */
export const minutesSinceEpoch = (elset: Elset, instant: number): number =>
  (instant * 1000 - (parseEpoch(elset.epoch) ?? Number.NaN)) / 60e6;
