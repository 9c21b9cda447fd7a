import { type Geodetic, geodeticFromEcef, type Vector3 } from '../geodesy.ts';
import type { Gpst } from '../time/time-scale.ts';
import type { Klobuchar } from './klobuchar.ts';
import { adjust } from './least-squares.ts';
import {
  type Atmosphere,
  atmosphere,
  geometricRange,
  type Measurement,
  type SolvableSystem,
  variance,
} from './measurement.ts';
import type { NoSolution } from './solution.ts';

export interface FitProblem {
  readonly gpst: Gpst;
  readonly klobuchar: Klobuchar;
  /**
   * `none` finds a coarse position from no idea of one, without atmosphere and with every range good to 30 m;
   * `modelled` needs a start within kilometres.
   */
  readonly air: 'none' | 'modelled';
}

/** One measurement at the adjusted position. */
export interface FitRow {
  readonly measurement: Measurement;
  /** Unit vector to the satellite. */
  readonly toward: Vector3;
  readonly atmosphere: Atmosphere;
  /** Observed less computed, metres. */
  readonly residual: number;
  /** Inverse variance, 1/m². */
  readonly weight: number;
  /** Variance of the computed range, m². */
  readonly adjustedVariance: number;
}

/** An adjusted position with everything needed to judge it. */
export interface Fit {
  readonly position: Vector3;
  /** Systems in the order of their clocks. */
  readonly systems: readonly SolvableSystem[];
  /** Receiver clock against each system, metres. */
  readonly clocks: readonly number[];
  readonly unknowns: number;
  readonly cofactors: Float64Array;
  readonly used: readonly FitRow[];
}

interface State {
  readonly position: Vector3;
  /** Metres, in the order of the systems. */
  readonly clocks: readonly number[];
}

const MAX_ITERATIONS = 12;
/** Metres at which iteration ends. */
const CONVERGED = { none: 10, modelled: 1e-4 };
/** Standard deviation of a range with nothing modelled, metres. */
const COARSE_SIGMA = 30;
const NO_AIR: Atmosphere = { azimuth: 0, elevation: Math.PI / 2, ionosphere: 0, troposphere: 0 };

const SYSTEM_ORDER: readonly SolvableSystem[] = ['G', 'C'];

/** Adjusts position and clocks to measurements, from a start; the Earth's centre will do for a coarse one. */
export function fitPosition(
  problem: FitProblem,
  measurements: readonly Measurement[],
  start: Vector3,
): Fit | NoSolution['why'] {
  let state: State = { position: start, clocks: [] };
  for (let step = 0; step < MAX_ITERATIONS; step++) {
    const equations = linearise(problem, measurements, state);
    const { unknowns, design, weights, misclosures } = equations;
    if (measurements.length < Math.max(4, unknowns)) return 'too-few-satellites';
    const adjustment = adjust(design, weights, misclosures, unknowns);
    if (adjustment === undefined) return 'weak-geometry';
    const [dx = 0, dy = 0, dz = 0, ...clocks] = adjustment.update;
    const [x, y, z] = state.position;
    state = {
      position: [x + dx, y + dy, z + dz],
      clocks: clocks.map((update, i) => (state.clocks[i] ?? 0) + update),
    };
    const moved = Math.hypot(dx, dy, dz);
    if (!Number.isFinite(moved)) return 'no-convergence';
    if (moved < CONVERGED[problem.air]) return conclude(problem, measurements, state);
  }
  return 'no-convergence';
}

/** Direction and delay of a satellite from a place. */
export function airTowards(
  problem: FitProblem,
  m: Measurement,
  place: Geodetic,
  toward: Vector3,
): Atmosphere {
  return atmosphere(place, toward, problem.gpst, m.frequency, problem.klobuchar);
}

/** The observation equations at a state. */
function linearise(problem: FitProblem, measurements: readonly Measurement[], state: State) {
  const systems = SYSTEM_ORDER.filter((system) => measurements.some((m) => m.system === system));
  const unknowns = 3 + systems.length;
  const design = new Float64Array(measurements.length * unknowns);
  const weights = new Float64Array(measurements.length);
  const misclosures = new Float64Array(measurements.length);
  const details: { toward: Vector3; air: Atmosphere }[] = [];
  const place = geodeticFromEcef(state.position);
  for (const [row, m] of measurements.entries()) {
    const { range, toward } = geometricRange(m.position, state.position, m.rotation);
    const modelled = problem.air === 'modelled';
    const air = modelled ? airTowards(problem, m, place, toward) : NO_AIR;
    const clock = systems.indexOf(m.system);
    design[row * unknowns] = -toward[0];
    design[row * unknowns + 1] = -toward[1];
    design[row * unknowns + 2] = -toward[2];
    design[row * unknowns + 3 + clock] = 1;
    weights[row] = 1 / (modelled ? variance(m.accuracy, air) : COARSE_SIGMA ** 2);
    misclosures[row] = m.range - range - (state.clocks[clock] ?? 0) - air.ionosphere - air.troposphere;
    details.push({ toward, air });
  }
  return { systems, unknowns, design, weights, misclosures, details };
}

function conclude(
  problem: FitProblem,
  measurements: readonly Measurement[],
  state: State,
): Fit | NoSolution['why'] {
  const { systems, unknowns, design, weights, misclosures, details } = linearise(
    problem,
    measurements,
    state,
  );
  const cofactors = adjust(design, weights, misclosures, unknowns)?.cofactors;
  if (cofactors === undefined) return 'weak-geometry';
  const used = measurements.map((measurement, row): FitRow => {
    const { toward, air } = details[row] as { toward: Vector3; air: Atmosphere };
    return {
      measurement,
      toward,
      atmosphere: air,
      residual: misclosures[row] as number,
      weight: weights[row] as number,
      adjustedVariance: quadraticForm(design.subarray(row * unknowns, (row + 1) * unknowns), cofactors),
    };
  });
  return { position: state.position, systems, clocks: state.clocks, unknowns, cofactors, used };
}

function quadraticForm(row: Float64Array, matrix: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) {
    for (let j = 0; j < row.length; j++) {
      sum += (row[i] as number) * (matrix[i * row.length + j] as number) * (row[j] as number);
    }
  }
  return sum;
}
