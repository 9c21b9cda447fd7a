import { dominates } from '@concord/label';
import type { AgreementCase, Rule } from '../rule.ts';

const LIMITING: ReadonlySet<string> = new Set(['RESTRICTIVE', 'PERMISSIVE']);

function belowCeiling({ world, item, originator, agreement }: AgreementCase): boolean {
  const { scope, parties } = agreement.terms;
  const own = parties.find((one) => one.id === originator)?.policy;
  const policy = own === item.policy ? world.policies.get(item.policy) : undefined;
  return (scope?.ceilings ?? []).every(
    ({ party, level }) =>
      party !== originator || (policy !== undefined && dominates(policy, level, item.classification)),
  );
}

/** The item is within the limits of the whole agreement: its originator's ceiling, tag sets, data modes. */
export const scope: Rule<AgreementCase> = {
  name: 'scope',
  permits: (c) => {
    const { categories, dataModes } = c.agreement.terms.scope ?? {};
    return (
      belowCeiling(c) &&
      (dataModes === undefined || dataModes.includes(c.item.dataMode)) &&
      (categories === undefined ||
        c.item.categories.every(({ type, tagSet }) => !LIMITING.has(type) || categories.includes(tagSet)))
    );
  },
  says: ({ item, agreement }) =>
    `${item.policy} ${item.classification}, ${item.dataMode} data with these categories is outside the scope of ${agreement.terms.id}`,
};
