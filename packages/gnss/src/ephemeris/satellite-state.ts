import type { Vector3 } from '../geodesy.ts';
import { isBdsGeo } from '../satellite.ts';
import { SPEED_OF_LIGHT } from '../signal.ts';
import { bdtFromGpst, type Gpst, weekAndSecond } from '../time/time-scale.ts';
import type { BroadcastEphemeris } from './ephemeris.ts';

/** Gravitational constant times mass of the Earth, m³/s², and its rotation rate, rad/s, of a system's frame. */
interface EarthModel {
  readonly gm: number;
  readonly rotation: number;
}

/** WGS 84 as IS-GPS-200, table 20-IV, has it. */
const GPS_EARTH: EarthModel = { gm: 3.986005e14, rotation: 7.2921151467e-5 };
/** CGCS2000 as BDS-SIS-ICD-B1I 3.0, table 5-11 and section 3.2, has it. */
const BDS_EARTH: EarthModel = { gm: 3.986004418e14, rotation: 7.292115e-5 };

/** The GEO orbits are broadcast in a frame tilted by −5° about x (BDS-SIS-ICD-B1I 3.0, table 5-11). */
const GEO_COS = Math.cos((-5 * Math.PI) / 180);
const GEO_SIN = Math.sin((-5 * Math.PI) / 180);

/** Where a satellite is and what its clock shows. */
export interface SatelliteState {
  /** Antenna phase centre in the Earth-fixed frame of the instant itself, m (WGS 84 or CGCS2000). */
  readonly position: Vector3;
  /** Velocity in the same rotating frame, m/s. */
  readonly velocity: Vector3;
  /** Satellite clock minus system time with the relativistic term and without group delay, s. */
  readonly clock: number;
  /** Its rate, s/s. */
  readonly clockRate: number;
}

export function earthModel(system: BroadcastEphemeris['system']): EarthModel {
  return system === 'C' ? BDS_EARTH : GPS_EARTH;
}

/**
 * Position, velocity and clock from broadcast elements at `at + offset`: IS-GPS-200, table 20-IV and 20.3.3.3.3.1;
 * BDS-SIS-ICD-B1I 3.0, table 5-11 and 5.2.4.10, with the rotation of the GEO frame for C01–C05 and C59–C63.
 *
 * Computes for any instant; whether the elements still hold is for `EphemerisStore` to say.
 *
 * @param at GPST, for BDS as well
 * @param offset further seconds, kept apart because an instant of GPST resolves no better than 0.2 µs
 */
export function satelliteState(ephemeris: BroadcastEphemeris, at: Gpst, offset = 0): SatelliteState {
  const { gm, rotation } = earthModel(ephemeris.system);
  const { e, sqrtA } = ephemeris;
  const tk = at - ephemeris.toe + offset;

  const a = sqrtA * sqrtA;
  const n = Math.sqrt(gm / (a * a * a)) + ephemeris.deltaN;
  const anomaly = eccentricAnomaly(ephemeris.m0 + n * tk, e);
  const sinE = Math.sin(anomaly);
  const cosE = Math.cos(anomaly);
  const anomalyRate = n / (1 - e * cosE);

  const root = Math.sqrt(1 - e * e);
  const phi = Math.atan2(root * sinE, cosE - e) + ephemeris.omega;
  const phiRate = (root * anomalyRate) / (1 - e * cosE);
  const sin2 = Math.sin(2 * phi);
  const cos2 = Math.cos(2 * phi);
  const u = phi + ephemeris.cus * sin2 + ephemeris.cuc * cos2;
  const uRate = phiRate * (1 + 2 * (ephemeris.cus * cos2 - ephemeris.cuc * sin2));
  const r = a * (1 - e * cosE) + ephemeris.crs * sin2 + ephemeris.crc * cos2;
  const rRate = a * e * sinE * anomalyRate + 2 * phiRate * (ephemeris.crs * cos2 - ephemeris.crc * sin2);
  const i = ephemeris.i0 + ephemeris.idot * tk + ephemeris.cis * sin2 + ephemeris.cic * cos2;
  const iRate = ephemeris.idot + 2 * phiRate * (ephemeris.cis * cos2 - ephemeris.cic * sin2);

  const geo = isBdsGeo(ephemeris.sat);
  // The GEO frame does not rotate with the Earth: its rotation is applied afterwards.
  const nodeRate = geo ? ephemeris.omegaDot : ephemeris.omegaDot - rotation;
  const node = ephemeris.omega0 + nodeRate * tk - rotation * toeSecondOfWeek(ephemeris);

  const orbit = inOrbitPlane(r, rRate, u, uRate);
  const fixed = throughNode(orbit, node, nodeRate, i, iRate);
  const { position, velocity } = geo ? fromGeoFrame(fixed, rotation, tk) : fixed;

  const dt = at - ephemeris.toc + offset;
  const f = (-2 * Math.sqrt(gm)) / (SPEED_OF_LIGHT * SPEED_OF_LIGHT);
  return {
    position,
    velocity,
    clock: ephemeris.af0 + ephemeris.af1 * dt + ephemeris.af2 * dt * dt + f * e * sqrtA * sinE,
    clockRate: ephemeris.af1 + 2 * ephemeris.af2 * dt + f * e * sqrtA * cosE * anomalyRate,
  };
}

/** Kepler's equation by Newton's method; e is below 0.5 by the width of its field. */
function eccentricAnomaly(mean: number, e: number): number {
  let anomaly = mean + e * Math.sin(mean);
  for (let step = 0; step < 12; step++) {
    const correction = (anomaly - e * Math.sin(anomaly) - mean) / (1 - e * Math.cos(anomaly));
    anomaly -= correction;
    if (Math.abs(correction) < 1e-14) break;
  }
  return anomaly;
}

/** toe in seconds of its own system's week, to which omega0 refers. */
function toeSecondOfWeek(ephemeris: BroadcastEphemeris): number {
  return weekAndSecond(ephemeris.system === 'C' ? bdtFromGpst(ephemeris.toe) : ephemeris.toe).second;
}

interface PlaneState {
  readonly x: number;
  readonly y: number;
  readonly xRate: number;
  readonly yRate: number;
}

function inOrbitPlane(r: number, rRate: number, u: number, uRate: number): PlaneState {
  const cos = Math.cos(u);
  const sin = Math.sin(u);
  return {
    x: r * cos,
    y: r * sin,
    xRate: rRate * cos - r * sin * uRate,
    yRate: rRate * sin + r * cos * uRate,
  };
}

function throughNode(
  { x, y, xRate, yRate }: PlaneState,
  node: number,
  nodeRate: number,
  i: number,
  iRate: number,
): { position: Vector3; velocity: Vector3 } {
  const cosN = Math.cos(node);
  const sinN = Math.sin(node);
  const cosI = Math.cos(i);
  const sinI = Math.sin(i);
  // q is the projection of y onto the equator.
  const q = y * cosI;
  const qRate = yRate * cosI - y * sinI * iRate;
  const px = x * cosN - q * sinN;
  const py = x * sinN + q * cosN;
  return {
    position: [px, py, y * sinI],
    velocity: [
      xRate * cosN - qRate * sinN - py * nodeRate,
      xRate * sinN + qRate * cosN + px * nodeRate,
      yRate * sinI + y * cosI * iRate,
    ],
  };
}

/** Rz(ω·tk) · Rx(−5°), with its derivative for the velocity. */
function fromGeoFrame(
  { position: p, velocity: v }: { position: Vector3; velocity: Vector3 },
  rotation: number,
  tk: number,
): { position: Vector3; velocity: Vector3 } {
  const tilt = ([x, y, z]: Vector3): Vector3 => [x, GEO_COS * y + GEO_SIN * z, GEO_COS * z - GEO_SIN * y];
  const cos = Math.cos(rotation * tk);
  const sin = Math.sin(rotation * tk);
  const turn = ([x, y, z]: Vector3): Vector3 => [cos * x + sin * y, cos * y - sin * x, z];
  const position = turn(tilt(p));
  const [vx, vy, vz] = turn(tilt(v));
  return { position, velocity: [vx + rotation * position[1], vy - rotation * position[0], vz] };
}
