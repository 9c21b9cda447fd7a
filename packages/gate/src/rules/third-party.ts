import type { Rule, ThirdPartyCase } from '../rule.ts';
import { agreementsBetween } from '../world.ts';

/**
 * An originator that has no clause to the reader's party (a third party) must have consented; an agreement under
 * which another originator lets the item go must let consents count; and none between the third party and another
 * originator may say that third parties never receive.
 */
export const thirdParty: Rule<ThirdPartyCase> = {
  name: 'third-party',
  permits: ({ world, item, reader, originator, carriers }) =>
    item.consents.includes(reader.party) &&
    carriers.some(({ terms }) => terms.thirdParties === 'originator-consent') &&
    item.originators.every(
      (other) =>
        other === originator ||
        agreementsBetween(world, originator, other).every(({ terms }) => terms.thirdParties !== 'never'),
    ),
  says: ({ item, reader, originator }) =>
    item.consents.includes(reader.party)
      ? `consents of third parties such as ${originator} do not count here`
      : `${originator} has not consented to it`,
};
