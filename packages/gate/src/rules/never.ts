import type { Never } from '@concord/agreement';
import { rank } from '@concord/label';
import type { AgreementCase, Rule } from '../rule.ts';

const concerns = ({ world, item, originator }: AgreementCase, { release }: Never): boolean => {
  if ('caveat' in release) return item.caveats.includes(release.caveat);
  if ('kind' in release) return item.kind === release.kind;
  if ('originator' in release) return originator === release.originator;
  if ('dataMode' in release) return item.dataMode === release.dataMode;
  const policy = world.policies.get(item.policy);
  const limit = policy ? rank(policy, release.above) : -1;
  // A policy without that level cannot say what is above it: it counts as above.
  return !policy || limit < 0 || rank(policy, item.classification) > limit;
};

const forbids = (c: AgreementCase, line: Never): boolean =>
  (line.to === 'any-other-party' || line.to === c.reader.party) &&
  (line.by === undefined || line.by === c.reader.door) &&
  concerns(c, line);

/** No `never` line of the agreement forbids it. */
export const never: Rule<AgreementCase> = {
  name: 'never',
  permits: (c) => !c.agreement.terms.never.some((line) => forbids(c, line)),
  says: (c) => c.agreement.terms.never.find((line) => forbids(c, line))?.says ?? '',
};
