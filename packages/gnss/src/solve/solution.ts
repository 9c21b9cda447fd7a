import type { Vector3 } from '../geodesy.ts';
import type { SatelliteId } from '../satellite.ts';
import type { Gpst } from '../time/time-scale.ts';
import type { Exclusion, SolvableSystem } from './measurement.ts';

/** A satellite that took no part, and why. */
export interface ExcludedSatellite {
  readonly sat: SatelliteId;
  readonly why: Exclusion;
}

/** How a satellite that took part fitted in. */
export interface SatelliteResidual {
  readonly sat: SatelliteId;
  /** Observed less computed, metres. */
  readonly residual: number;
  /** Standard deviation assumed, metres. */
  readonly sigma: number;
  /** Degrees, from north over east. */
  readonly azimuth: number;
  /** Degrees. */
  readonly elevation: number;
}

/** Dilution of precision, without dimension. */
export interface Dops {
  readonly hdop: number;
  readonly vdop: number;
  readonly pdop: number;
  /** Of the first system's clock. */
  readonly tdop: number;
}

/** Velocity of the antenna in the Earth-fixed frame. */
export interface Velocity {
  /** m/s. */
  readonly ecef: Vector3;
  /** East, north, up, m/s. */
  readonly enu: Vector3;
  /** Rate of the receiver clock, s/s. */
  readonly clockDrift: number;
  /** Root mean square of what the satellites' Doppler leaves, m/s. */
  readonly residualRms: number;
}

/** A position found. */
export interface Solution extends Dops {
  readonly solved: true;
  /** UTC, ISO 8601. */
  readonly time: string;
  readonly gpst: Gpst;
  /** Antenna, Earth-fixed, metres: WGS 84, or CGCS2000 when BDS alone was used. */
  readonly ecef: Vector3;
  /** Degrees north and east. */
  readonly lat: number;
  readonly lon: number;
  /** Metres above the ellipsoid. */
  readonly heightEllipsoidal: number;
  readonly satellitesUsed: readonly SatelliteId[];
  readonly satellitesExcluded: readonly ExcludedSatellite[];
  /** Receiver clock less the time of the first system used (GPS before BDS), seconds. */
  readonly clockBias: number;
  /** Offset of BDS against GPS as the receiver sees it, metres; undefined with one system. */
  readonly interSystemBias: number | undefined;
  /** One standard deviation by the measurements' assumed accuracy: east, north, up, metres. */
  readonly sigmaEnu: Vector3;
  /** Covariances of east with north, north with up, and up with east, m². */
  readonly covarianceEnu: readonly [eastNorth: number, northUp: number, upEast: number];
  /** From Doppler; undefined where fewer than four satellites have it. */
  readonly velocity: Velocity | undefined;
  readonly residuals: readonly SatelliteResidual[];
  /**
   * Whether the residuals fit the accuracies assumed (χ², one false alarm in a thousand); `unchecked` where no
   * satellite is to spare.
   */
  readonly consistency: 'consistent' | 'inconsistent' | 'unchecked';
}

/** No position, and why. */
export interface NoSolution {
  readonly solved: false;
  readonly time: string;
  readonly gpst: Gpst;
  readonly why: 'too-few-satellites' | 'weak-geometry' | 'no-convergence';
  readonly satellitesExcluded: readonly ExcludedSatellite[];
}

export interface SolveOptions {
  /** Systems to use; by default GPS and BDS. */
  readonly systems?: readonly SolvableSystem[];
  /** Degrees; by default 10. */
  readonly elevationMask?: number;
  /** Largest PDOP at which a position is given; by default 30. */
  readonly maxPdop?: number;
  /** A position near by, such as the last one, saves iterations; it has no influence on the result. */
  readonly near?: Vector3;
  /** Leave out satellites that contradict the others; by default true. */
  readonly exclude?: boolean;
}
