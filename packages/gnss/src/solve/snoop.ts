import type { Vector3 } from '../geodesy.ts';
import { type Fit, type FitProblem, fitPosition } from './fit.ts';
import { chiSquareLimit } from './least-squares.ts';
import type { Measurement } from './measurement.ts';
import type { NoSolution } from './solution.ts';

/** A fit and the measurements that were left out on the way to it. */
export interface SnoopedFit {
  readonly fit: Fit;
  readonly outliers: readonly Measurement[];
}

/**
 * Fits, and while the residuals together fail a χ² test leaves out the measurement with the largest normalised
 * residual and fits again (data snooping after Baarda 1968). For one false measurement that is the one whose
 * removal lowers the sum of squares most.
 */
export function fitWithoutOutliers(
  problem: FitProblem,
  measurements: readonly Measurement[],
  start: Vector3,
  exclude: boolean,
): SnoopedFit | NoSolution['why'] {
  const outliers: Measurement[] = [];
  let candidates = measurements;
  for (;;) {
    const fit = fitPosition(problem, candidates, start);
    if (typeof fit === 'string') return fit;
    const worst = exclude ? worstMeasurement(fit) : undefined;
    if (worst === undefined) return { fit, outliers };
    outliers.push(worst);
    candidates = candidates.filter((measurement) => measurement !== worst);
  }
}

/** Whether the residuals fit the accuracies assumed; undefined where there is no redundancy. */
export function isConsistent(fit: Fit): boolean | undefined {
  const degrees = fit.used.length - fit.unknowns;
  if (degrees < 1) return undefined;
  const sum = fit.used.reduce((total, row) => total + row.weight * row.residual ** 2, 0);
  return sum <= chiSquareLimit(degrees);
}

/** The measurement to leave out, when there is a contradiction and something left to decide it by. */
function worstMeasurement(fit: Fit): Measurement | undefined {
  // One degree of freedom shows that something is wrong but not what.
  if (fit.used.length - fit.unknowns < 2 || isConsistent(fit) !== false) return undefined;
  let worst: Measurement | undefined;
  let largest = 0;
  for (const row of fit.used) {
    // Variance of the residual: what the adjustment leaves of the measurement's own.
    const left = 1 / row.weight - row.adjustedVariance;
    const normalised = left > 1e-6 / row.weight ? Math.abs(row.residual) / Math.sqrt(left) : 0;
    if (normalised > largest) {
      largest = normalised;
      worst = row.measurement;
    }
  }
  return worst;
}
