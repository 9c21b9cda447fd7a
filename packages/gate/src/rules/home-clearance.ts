import { neededLevel } from '@concord/agreement';
import { dominates, type PolicyId } from '@concord/label';
import { VERDICT_ROLES } from '../facts.ts';
import { holdsPermissive, holdsRestrictive } from '../held.ts';
import type { OriginatorCase, Rule } from '../rule.ts';
import { policiesOf } from '../world.ts';

const reads: ReadonlySet<string> = new Set(VERDICT_ROLES);

/**
 * A level says something only in its own policy: `SECRET` of one is not `SECRET` of another. What the own party made
 * from foreign data may stand in a foreign policy; then a table of an agreement in force must translate it.
 */
function cleared({ world, item, reader }: OriginatorCase): boolean {
  const reaches = (id: PolicyId, level: string | undefined) => {
    const policy = world.policies.get(id);
    return policy !== undefined && level !== undefined && dominates(policy, reader.home.level, level);
  };
  // A party without agreements has only what it made itself, in its own policy.
  const own = policiesOf(world, reader.party);
  if (!own || own.has(item.policy)) return reaches(item.policy, item.classification);
  return world.agreements.some(({ terms, standing }) => {
    const policy = terms.parties.find((one) => one.id === reader.party)?.policy;
    return (
      standing === 'in-force' &&
      policy !== undefined &&
      reaches(policy, neededLevel(terms, world.policies, item.policy, item.classification, policy))
    );
  });
}

/** The originator's own officers read with their own clearance; no agreement is needed, caveats do not bind them. */
export const homeClearance: Rule<OriginatorCase> = {
  name: 'home-clearance',
  permits: (c) => {
    const { roles, home } = c.reader;
    const { categories } = c.item;
    return (
      roles.some((role) => reads.has(role)) &&
      cleared(c) &&
      holdsRestrictive(categories, home.compartments) &&
      holdsPermissive(categories, home.compartments)
    );
  },
  says: ({ item, reader }) =>
    `your own clearance ${reader.home.level} does not reach ${item.policy} ${item.classification}`,
};
