import type { Point } from '@concord/label';
import { type Elset, greenwichSiderealTime, isFailure, propagate, subSatellitePoint } from '@concord/orbit';
import { type Elements, meanMotionOf, turned } from './kepler.ts';
import { wrap } from './plane.ts';

/** An imaging satellite: what it sees and how well. */
export interface Imager {
  readonly elset: Elset;
  readonly platform: string;
  /** Half the width of the swath, kilometres. */
  readonly halfSwath_km: number;
  /**
   * `strip`: a line across the track that the flight draws over the ground. `frame`: a square as wide as the swath,
   * taken every so often.
   */
  readonly sensor: { readonly kind: 'strip' } | { readonly kind: 'frame'; readonly everyMs: number };
  /** Ground sample distance, metres. */
  readonly gsd_m: number;
}

const DEGREE = Math.PI / 180;
/** The low one is over the middle of the waters so long after the start. */
const LOW_PASS_MS = 36_000;
/** The high one stands at the northern (southern) tip of its track so long after the start. */
const HIGH_TIP_MS = 50 * 60_000;
const LOW_AXIS_KM = 6878;
const SIDEREAL_REVOLUTIONS = 1.00273790935;

/** Makes an element set of elements at the exercise's epoch. */
export type MakeElset = (elements: Elements, name: string) => Elset;

/**
 * Two imaging satellites whose swaths cross the middle of the waters by the laws of SGP4 alone.
 *
 * EYE 1 flies low, its orbit hardly more inclined than the waters' latitude, so that it runs along that latitude: over
 * the waters in the first minute, near them again one revolution later, and so every day. EYE 2 is geosynchronous
 * and somewhat eccentric, as quasi-zenith satellites are: slowest where it is farthest from the equator, and there for
 * more than an hour before and after the tip of its track it stands over the waters and takes a frame every three
 * minutes.
 */
export function imagersOver(middle: Point, start: number, make: MakeElset): [low: Imager, high: Imager] {
  const low = aimed(lowElements(middle), middle, start, LOW_PASS_MS, (elements) =>
    make(elements, 'EXERCISE EYE 1'),
  );
  const high = aimed(highElements(middle), middle, start, HIGH_TIP_MS, (elements) =>
    make(elements, 'EXERCISE EYE 2'),
  );
  return [
    { elset: low, platform: 'EYE 1', halfSwath_km: 60, sensor: { kind: 'strip' }, gsd_m: 3 },
    {
      elset: high,
      platform: 'EYE 2',
      halfSwath_km: 110,
      sensor: { kind: 'frame', everyMs: 180_000 },
      gsd_m: 50,
    },
  ];
}

/** Elements that need only be turned about the Earth's axis and moved along the orbit. */
interface Shape extends Elements {
  /** Angle from the node, degrees, at which it is over the latitude asked for. */
  readonly argOfLatitude: number;
  /** True where that is the tip of the track: then only the longitude is sought. */
  readonly atTip: boolean;
}

function lowElements({ lat }: Point): Shape {
  const inclination = Math.min(90, Math.abs(lat) + 0.45);
  return {
    meanMotion: meanMotionOf(LOW_AXIS_KM),
    eccentricity: 0.0008,
    inclination,
    raan: 0,
    argOfPerigee: 90,
    meanAnomaly: 0,
    argOfLatitude: Math.asin(Math.sin(lat * DEGREE) / Math.sin(inclination * DEGREE)) / DEGREE,
    atTip: false,
  };
}

function highElements({ lat }: Point): Shape {
  const inclination = Math.max(0.05, Math.abs(lat));
  return {
    meanMotion: SIDEREAL_REVOLUTIONS,
    eccentricity: standingEccentricity(inclination),
    inclination,
    raan: 0,
    // Apogee at the tip.
    argOfPerigee: lat < 0 ? 90 : 270,
    meanAnomaly: 0,
    argOfLatitude: lat < 0 ? -90 : 90,
    atTip: true,
  };
}

/**
 * The eccentricity with which a geosynchronous satellite at apogee, at the tip of its track, turns just as fast in
 * longitude as the Earth: (1 − e)² / (1 − e²)^1.5 = cos i.
 */
function standingEccentricity(inclination: number): number {
  let [least, most] = [0, 0.6];
  for (let step = 0; step < 40; step++) {
    const e = (least + most) / 2;
    if ((1 - e) ** 2 / (1 - e * e) ** 1.5 > Math.cos(inclination * DEGREE)) least = e;
    else most = e;
  }
  return least;
}

/** Turns and moves an orbit until SGP4 has it over a place at an instant, and gives its elements at the start. */
function aimed(
  shape: Shape,
  place: Point,
  start: number,
  after: number,
  make: (elements: Elements) => Elset,
): Elset {
  const { argOfLatitude, atTip, inclination, argOfPerigee, eccentricity, meanMotion } = shape;
  const anomaly = meanAnomaly((argOfLatitude - argOfPerigee) * DEGREE, eccentricity) / DEGREE;
  const u = argOfLatitude * DEGREE;
  const fromNode = Math.atan2(Math.cos(inclination * DEGREE) * Math.sin(u), Math.cos(u)) / DEGREE;
  let raan = greenwichSiderealTime(start + after) / DEGREE + place.lon - fromNode;
  let m = anomaly - (meanMotion * 360 * after) / 86_400_000;
  const elsetOf = (): Elset =>
    make({ meanMotion, eccentricity, inclination, raan: turned(raan), argOfPerigee, meanAnomaly: turned(m) });
  // Degrees of latitude gained a degree along the orbit.
  const climb = (Math.sin(inclination * DEGREE) * Math.cos(u)) / Math.cos(place.lat * DEGREE);
  for (let step = 0; step < 12; step++) {
    const state = propagate(elsetOf(), start + after);
    if (isFailure(state)) break;
    const below = subSatellitePoint(state, start + after);
    const along = atTip ? 0 : (place.lat - below.lat) / climb;
    m += Math.max(-3, Math.min(3, along));
    raan += wrap(place.lon - below.lon) - Math.max(-3, Math.min(3, along)) / Math.cos(inclination * DEGREE);
  }
  return elsetOf();
}

/** Mean anomaly of a true one, radians. */
function meanAnomaly(trueAnomaly: number, e: number): number {
  const half = Math.atan2(
    Math.sqrt(1 - e) * Math.sin(trueAnomaly / 2),
    Math.sqrt(1 + e) * Math.cos(trueAnomaly / 2),
  );
  return 2 * half - e * Math.sin(2 * half);
}
