/**
 * Every way in which this package refuses its caller's input. Bad catalogue data is never thrown: readers report it as
 * a `CatalogueFault`, propagation as a `PropagationFailure`.
 *
 * - `option-range`: an option or argument that makes no sense (minimum elevation of 100°, a reversed interval, …)
 * - `instant`: a time that is none
 * - `disposed`: a bulk propagator used after its end
 */
export const ORBIT_ERROR_CODES = ['option-range', 'instant', 'disposed'] as const;

export type OrbitErrorCode = (typeof ORBIT_ERROR_CODES)[number];

/** A wrong argument; `field` names it. */
export class OrbitError extends Error {
  readonly code: OrbitErrorCode;
  readonly field: string;
  constructor(code: OrbitErrorCode, field: string, why: string) {
    super(`${field}: ${why}`);
    this.name = 'OrbitError';
    this.code = code;
    this.field = field;
  }
}

/** A finite number within bounds, or an `OrbitError`. */
export function within(field: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new OrbitError('option-range', field, `from ${least} to ${most}, not ${value}`);
}
