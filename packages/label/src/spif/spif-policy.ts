import { LabelError } from '../error.ts';
import { type Policy, readPolicy } from '../policy.ts';
import type { Spif } from './spif.ts';

/**
 * What the rest of Concord needs of a policy: its name and its levels from the lowest to the highest, obsolete ones
 * too, since old labels name them. Two classifications of one height have no order between them: refused.
 *
 * @throws LabelError `spif-conflict`, `policy-field`
 */
export function policyOf(spif: Spif): Policy {
  const levels = [...spif.classifications].sort((a, b) => a.hierarchy - b.hierarchy);
  for (const [i, one] of levels.entries()) {
    const below = levels[i - 1];
    if (below?.hierarchy === one.hierarchy)
      throw new LabelError('spif-conflict', '', `${below.name} and ${one.name} have the same hierarchy`);
  }
  return readPolicy({ id: spif.name, levels: levels.map((one) => one.name) });
}
