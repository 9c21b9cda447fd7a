import { enuFromEcef, type Vector3 } from '../geodesy.ts';
import { SPEED_OF_LIGHT } from '../signal.ts';
import type { Fit } from './fit.ts';
import { adjust } from './least-squares.ts';
import type { Velocity } from './solution.ts';

const UNKNOWNS = 4;

/**
 * Velocity and clock drift from the Doppler of the satellites that the position was made from, weighted by the
 * sine of their elevation. Ionosphere and troposphere change by millimetres a second and are left out.
 */
export function solveVelocity(fit: Fit, place: { lat: number; lon: number }): Velocity | undefined {
  const rows = fit.used.filter((row) => row.measurement.rangeRate !== undefined);
  if (rows.length < UNKNOWNS) return undefined;
  const design = new Float64Array(rows.length * UNKNOWNS);
  const weights = new Float64Array(rows.length);
  const misclosures = new Float64Array(rows.length);
  for (const [i, { measurement: m, toward, atmosphere }] of rows.entries()) {
    design.set([-toward[0], -toward[1], -toward[2], 1], i * UNKNOWNS);
    weights[i] = Math.sin(Math.max(atmosphere.elevation, 0.05)) ** 2;
    misclosures[i] = (m.rangeRate ?? 0) - rangeRateAtRest(m.velocity, toward, fit.position, m.rotation);
  }
  const adjustment = adjust(design, weights, misclosures, UNKNOWNS);
  if (adjustment === undefined) return undefined;
  const [vx = 0, vy = 0, vz = 0, drift = 0] = adjustment.update;
  let squares = 0;
  for (const [i, { toward }] of rows.entries()) {
    const predicted = drift - (toward[0] * vx + toward[1] * vy + toward[2] * vz);
    squares += ((misclosures[i] as number) - predicted) ** 2;
  }
  const ecef: Vector3 = [vx, vy, vz];
  return {
    ecef,
    enu: enuFromEcef(place, ecef),
    clockDrift: drift / SPEED_OF_LIGHT,
    residualRms: Math.sqrt(squares / rows.length),
  };
}

/** Rate at which the range to a receiver at rest grows, with the rate of the Sagnac term. */
function rangeRateAtRest(velocity: Vector3, toward: Vector3, receiver: Vector3, rotation: number): number {
  const along = velocity[0] * toward[0] + velocity[1] * toward[1] + velocity[2] * toward[2];
  const sagnac = (rotation * (velocity[0] * receiver[1] - velocity[1] * receiver[0])) / SPEED_OF_LIGHT;
  // The signal leaves the satellite's time slower or faster than it arrives.
  return (along + sagnac) * (1 - along / SPEED_OF_LIGHT);
}
