import type { Area } from '@concord/agreement';
import { rank } from '@concord/label';
import { clearFact } from '../classify.ts';
import type { ReleaseFacts } from '../facts.ts';
import type { OriginatorCase, Rule } from '../rule.ts';
import { type Prohibition, prohibitionsOn } from '../world.ts';

/** A policy without that level cannot say what is above it: it counts as above. */
const isAbove = ({ world, item }: OriginatorCase, level: string): boolean => {
  const policy = world.policies.get(item.policy);
  const limit = policy ? rank(policy, level) : -1;
  return !policy || limit < 0 || rank(policy, item.classification) > limit;
};

/** What is not known to lie clear of an area may lie in it. */
const mayLieIn = (item: ReleaseFacts, areas: readonly Area[], name: string): boolean => {
  const area = areas.find((one) => one.name === name);
  return area === undefined || !item.areas.includes(clearFact(area));
};

/** All that the line names holds of the item. */
const concerns = (c: OriginatorCase, { agreement, line }: Prohibition): boolean => {
  const { caveat, above, kind, originator, dataMode, area } = line.release;
  return (
    (caveat === undefined || c.item.caveats.includes(caveat)) &&
    (kind === undefined || c.item.kind === kind) &&
    (originator === undefined || c.originator === originator) &&
    (dataMode === undefined || c.item.dataMode === dataMode) &&
    (above === undefined || isAbove(c, above)) &&
    (area === undefined || mayLieIn(c.item, agreement.terms.areas, area))
  );
};

/** Whether a line forbids that an item leaves an originator for a reader of another party. */
export const forbids = (c: OriginatorCase, prohibition: Prohibition): boolean => {
  const { to, by } = prohibition.line;
  return (
    (to === 'any-other-party' || to === c.reader.party) &&
    (by === undefined || by === c.reader.door) &&
    concerns(c, prohibition)
  );
};

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
