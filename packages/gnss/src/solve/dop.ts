import { enuFromEcef } from '../geodesy.ts';
import type { Fit } from './fit.ts';
import { adjust } from './least-squares.ts';
import type { Dops } from './solution.ts';

/** Dilution of precision of the satellites used, all weighing the same, clocks of all systems estimated. */
export function dops(fit: Fit, place: { lat: number; lon: number }): Dops {
  const n = fit.unknowns;
  const design = new Float64Array(fit.used.length * n);
  for (const [row, { toward, measurement }] of fit.used.entries()) {
    design.set(enuFromEcef(place, toward), row * n);
    design[row * n + 3 + fit.systems.indexOf(measurement.system)] = 1;
  }
  const ones = new Float64Array(fit.used.length).fill(1);
  const q = adjust(design, ones, new Float64Array(fit.used.length), n)?.cofactors;
  const diagonal = (k: number): number => q?.[k * n + k] ?? Number.POSITIVE_INFINITY;
  const horizontal = diagonal(0) + diagonal(1);
  return {
    hdop: Math.sqrt(horizontal),
    vdop: Math.sqrt(diagonal(2)),
    pdop: Math.sqrt(horizontal + diagonal(2)),
    tdop: Math.sqrt(diagonal(3)),
  };
}
