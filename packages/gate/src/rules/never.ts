import type { Never } from '@concord/agreement';
import { rank } from '@concord/label';
import type { OriginatorCase, Rule } from '../rule.ts';
import { type Prohibition, prohibitionsOn } from '../world.ts';

const concerns = ({ world, item, originator }: OriginatorCase, { release }: Never): boolean => {
  if ('caveat' in release) return item.caveats.includes(release.caveat);
  if ('kind' in release) return item.kind === release.kind;
  if ('originator' in release) return originator === release.originator;
  if ('dataMode' in release) return item.dataMode === release.dataMode;
  const policy = world.policies.get(item.policy);
  const limit = policy ? rank(policy, release.above) : -1;
  // A policy without that level cannot say what is above it: it counts as above.
  return !policy || limit < 0 || rank(policy, item.classification) > limit;
};

const forbids = (c: OriginatorCase, { line }: Prohibition): boolean =>
  (line.to === 'any-other-party' || line.to === c.reader.party) &&
  (line.by === undefined || line.by === c.reader.door) &&
  concerns(c, line);

const forbidding = (c: OriginatorCase): Prohibition | undefined =>
  prohibitionsOn(c.world, c.originator).find((one) => forbids(c, one));

/**
 * No `never` line of any agreement of the originator's forbids it: what was promised in one agreement is not undone
 * by a clause of another, nor by a consent.
 */
export const never: Rule<OriginatorCase> = {
  name: 'never',
  permits: (c) => forbidding(c) === undefined,
  says: (c) => forbidding(c)?.line.says ?? '',
  source: (c) => forbidding(c)?.agreement.terms.id,
};
