import type { EphemerisStore } from '../ephemeris/ephemeris-store.ts';
import { GnssError } from '../error.ts';
import { enuFromEcef, geodeticFromEcef, type Vector3 } from '../geodesy.ts';
import type { GnssObservationSet } from '../observation/observation-set.ts';
import { epochOf } from '../observation/observation-set.ts';
import { SPEED_OF_LIGHT } from '../signal.ts';
import { type Gpst, isoFromGpst } from '../time/time-scale.ts';
import { dops } from './dop.ts';
import { airTowards, type Fit, type FitProblem } from './fit.ts';
import { DEFAULT_KLOBUCHAR, type Klobuchar } from './klobuchar.ts';
import { geometricRange, type Measurement, measure, type SolvableSystem } from './measurement.ts';
import { fitWithoutOutliers, isConsistent } from './snoop.ts';
import type { ExcludedSatellite, NoSolution, Solution, SolveOptions } from './solution.ts';
import { solveVelocity } from './velocity.ts';

const DEGREE = Math.PI / 180;

/** What a solution is made from. */
export interface SolveInput {
  readonly set: GnssObservationSet;
  /** Epoch; by default read from `set.ts`. */
  readonly gpst?: Gpst;
  readonly ephemerides: EphemerisStore;
  /** Broadcast ionosphere; by default the parameters that RTKLIB falls back to. */
  readonly klobuchar?: Klobuchar | undefined;
}

/**
 * Single point position from the pseudoranges of one epoch: weighted least squares for position, receiver clock
 * and the offset between GPS and BDS; broadcast orbits, clocks and group delays, Klobuchar ionosphere,
 * Saastamoinen troposphere.
 *
 * A satellite whose normalised residual is the worst while all residuals together fail a χ² test is left out and
 * the rest solved again (Baarda's data snooping), so that a broken satellite does not spoil the position.
 *
 * ```ts
 * const solution = solvePosition({ set, ephemerides: store });
 * if (solution.solved) console.log(solution.lat, solution.lon, solution.heightEllipsoidal);
 * ```
 *
 * @throws GnssError `argument` where neither `gpst` nor `set.ts` is an instant
 */
export function solvePosition(input: SolveInput, options: SolveOptions = {}): Solution | NoSolution {
  const gpst = input.gpst ?? epochOf(input.set);
  if (gpst === undefined) throw new GnssError('argument', `'${input.set.ts}' is no instant of time`);
  const systems = options.systems ?? ['G', 'C'];
  const excluded: ExcludedSatellite[] = [];
  const measurements: Measurement[] = [];
  for (const observation of input.set.gnssObservationList) {
    const result = measure(observation, gpst, input.ephemerides, systems);
    if (typeof result === 'string') excluded.push({ sat: observation.gnssSatId, why: result });
    else measurements.push(result);
  }
  const found = locate(measurements, gpst, input.klobuchar ?? DEFAULT_KLOBUCHAR, options, excluded);
  const solution = typeof found === 'string' ? undefined : describe(found, gpst, excluded);
  if (solution !== undefined && solution.pdop <= (options.maxPdop ?? 30)) return solution;
  return {
    solved: false,
    time: isoFromGpst(gpst),
    gpst,
    why: typeof found === 'string' ? found : 'weak-geometry',
    satellitesExcluded: excluded,
  };
}

/** A position near by is believed within this distance: elevations and atmosphere change little, metres. */
const NEAR = 50e3;

/**
 * First, unless a position near by is given, a coarse one from all satellites, so that the mask does not depend on a
 * guess; then the fine one from those above the mask.
 */
function locate(
  measurements: readonly Measurement[],
  gpst: Gpst,
  klobuchar: Klobuchar,
  options: SolveOptions,
  excluded: ExcludedSatellite[],
): Fit | NoSolution['why'] {
  const exclude = options.exclude ?? true;
  const problem: FitProblem = { gpst, klobuchar, air: 'modelled' };
  let candidates = measurements;
  let start = options.near;
  if (start === undefined) {
    const coarse = fitWithoutOutliers(
      { ...problem, air: 'none' },
      withRedundancy(candidates).kept,
      [0, 0, 0],
      exclude,
    );
    if (typeof coarse === 'string') return coarse;
    start = coarse.fit.position;
    candidates = candidates.filter((m) => !coarse.outliers.includes(m));
    excluded.push(...coarse.outliers.map(({ sat }) => ({ sat, why: 'outlier' }) as const));
  }
  const mask = (options.elevationMask ?? 10) * DEGREE;
  const place = geodeticFromEcef(start);
  const low: ExcludedSatellite[] = [];
  const above: Measurement[] = [];
  for (const m of candidates) {
    const { toward } = geometricRange(m.position, start, m.rotation);
    if (airTowards(problem, m, place, toward).elevation >= mask) above.push(m);
    else low.push({ sat: m.sat, why: 'below-mask' });
  }
  const { kept, lone } = withRedundancy(above);
  const fine = fitWithoutOutliers(problem, kept, start, exclude);
  if (options.near !== undefined && (typeof fine === 'string' || !isNear(fine.fit.position, options.near))) {
    // It was not near: start from nothing.
    const { near, ...rest } = options;
    return locate(measurements, gpst, klobuchar, rest, excluded);
  }
  excluded.push(...low, ...lone.map(({ sat }) => ({ sat, why: 'no-redundancy' }) as const));
  if (typeof fine === 'string') return fine;
  excluded.push(...fine.outliers.map(({ sat }) => ({ sat, why: 'outlier' }) as const));
  return fine.fit;
}

function isNear(a: Vector3, b: Vector3): boolean {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) < NEAR;
}

/** A satellite that is alone in its system says nothing about the position. */
function withRedundancy(measurements: readonly Measurement[]): { kept: Measurement[]; lone: Measurement[] } {
  const kept: Measurement[] = [];
  const lone: Measurement[] = [];
  for (const m of measurements) {
    const alone = measurements.every((other) => other === m || other.system !== m.system);
    (alone ? lone : kept).push(m);
  }
  return { kept, lone };
}

function describe(fit: Fit, gpst: Gpst, excluded: readonly ExcludedSatellite[]): Solution {
  const place = geodeticFromEcef(fit.position);
  const consistent = isConsistent(fit);
  const clock = (system: SolvableSystem): number | undefined => fit.clocks[fit.systems.indexOf(system)];
  const g = clock('G');
  const c = clock('C');
  return {
    solved: true,
    time: isoFromGpst(gpst),
    gpst,
    ecef: fit.position,
    ...place,
    ...dops(fit, place),
    satellitesUsed: fit.used.map((row) => row.measurement.sat),
    satellitesExcluded: excluded,
    clockBias: (fit.clocks[0] ?? 0) / SPEED_OF_LIGHT,
    interSystemBias: g === undefined || c === undefined ? undefined : c - g,
    ...covariance(fit, place),
    velocity: solveVelocity(fit, place),
    residuals: fit.used.map((row) => ({
      sat: row.measurement.sat,
      residual: row.residual,
      sigma: 1 / Math.sqrt(row.weight),
      azimuth: row.atmosphere.azimuth / DEGREE,
      elevation: row.atmosphere.elevation / DEGREE,
    })),
    consistency: consistent === undefined ? 'unchecked' : consistent ? 'consistent' : 'inconsistent',
  };
}

/** R Q Rᵀ, R turning Earth-fixed axes into east, north, up. */
function covariance(fit: Fit, place: { lat: number; lon: number }) {
  const n = fit.unknowns;
  const q = (row: number, column: number): number => fit.cofactors[row * n + column] as number;
  const columns = [0, 1, 2].map((k) => enuFromEcef(place, [q(0, k), q(1, k), q(2, k)]));
  const [e, north, u] = ([0, 1, 2] as const).map((axis) => {
    const [x = 0, y = 0, z = 0] = columns.map((column) => column[axis]);
    return enuFromEcef(place, [x, y, z]);
  }) as [Vector3, Vector3, Vector3];
  const root = (value: number): number => Math.sqrt(Math.max(0, value));
  return {
    sigmaEnu: [root(e[0]), root(north[1]), root(u[2])],
    covarianceEnu: [e[1], north[2], u[0]],
  } as const;
}
