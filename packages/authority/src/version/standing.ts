import { endOf, type Validity } from '@concord/agreement';
import type { AgreementStanding } from '@concord/gate';
import type { VersionState } from './state.ts';

/** A version as far as its place among the others depends on it. */
export interface Placed {
  readonly terms: {
    readonly version: number;
    readonly inForce: Validity;
  };
  readonly state: VersionState;
}

/** From when a version is in force; undefined where it was never activated. */
export const startOf = ({ terms, state }: Placed): number | undefined =>
  state.activated && Math.max(state.activated.at, terms.inForce.from);

/**
 * When it ends, as far as that is known at an instant: it is renewed as its text says until a party gives notice, and
 * ends no later than a notice says.
 */
function endFor({ terms, state: { notice } }: Placed, now: number): number {
  const notices = notice ? [{ at: notice.at, kind: 'no-renewal' as const }] : [];
  return Math.min(endOf(terms.inForce, notices, now), notice?.effective ?? Infinity);
}

/** The instants, as they are known now, at which the standing of a version changes by itself. */
export const instantsOf = (one: Placed, now: number): number[] => {
  const start = startOf(one);
  if (start === undefined || one.state.phase !== 'active') return [];
  return [start, endFor(one, now)];
};

const later = <P extends Placed>(a: P, b: P): P => (a.terms.version > b.terms.version ? a : b);

/**
 * The version that speaks for an agreement at an instant: of those that have begun the highest, also where that one
 * has ended, for an older one never comes back; before any has begun, the next. The old ends in the same instant in
 * which the new begins.
 */
export function currentVersion<P extends Placed>(versions: readonly P[], now: number): P | undefined {
  const activated = versions.filter((one) => startOf(one) !== undefined);
  const begun = activated.filter((one) => (startOf(one) ?? Infinity) <= now);
  if (begun.length > 0) return begun.reduce(later);
  return activated.sort((a, b) => (startOf(a) ?? 0) - (startOf(b) ?? 0))[0];
}

export function standingOf(one: Placed, now: number): AgreementStanding {
  const { state } = one;
  const start = startOf(one);
  if (start === undefined || state.phase !== 'active') return 'ended';
  if (now >= endFor(one, now)) return 'ended';
  if (state.suspended) return 'suspended';
  return now < start ? 'not-yet' : 'in-force';
}
