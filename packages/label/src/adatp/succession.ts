import { LabelError } from '../error.ts';
import type { TimedLabel } from './metadata-label.ts';

/** The label in force at an instant, and when it changes next; never again where `until` is missing. */
export interface InForce {
  readonly inForce: TimedLabel;
  readonly until?: string;
}

/**
 * Which label of a succession is in force at an instant (milliseconds since 1970): each successor from its date on, that
 * instant included.
 *
 * @throws LabelError `label-succession` where a successor would come before what it succeeds, or the instant is none
 */
export function labelInForce(label: TimedLabel, at: number): InForce {
  if (!Number.isFinite(at)) throw new LabelError('label-succession', '', 'is asked for at no instant');
  checkSuccession(label);
  let inForce = label;
  while (inForce.succession && Date.parse(inForce.succession.at) <= at)
    inForce = inForce.succession.successor;
  const until = inForce.succession?.at;
  return { inForce, ...(until !== undefined && { until }) };
}

/** Dates of a succession rise: two labels at one time are none. */
export function checkSuccession(label: TimedLabel): void {
  let last = Number.NEGATIVE_INFINITY;
  for (let one = label.succession; one; one = one.successor.succession) {
    const at = Date.parse(one.at);
    if (!(at > last))
      throw new LabelError(
        'label-succession',
        'SuccessionDateTime',
        `${one.at} is not later than the one before`,
      );
    last = at;
  }
}
