import type { Terms } from '@concord/agreement';
import type { PartyId } from '@concord/label';
import type { ReleaseFacts, SubjectFacts } from '../facts.ts';
import type { Rule, ThirdPartyCase } from '../rule.ts';
import { agreementsBetween } from '../world.ts';

const isOnRecord = (terms: Terms, originator: PartyId, item: ReleaseFacts, reader: SubjectFacts): boolean =>
  (terms.consents ?? []).some(
    (one) => one.originator === originator && one.to === reader.party && one.kinds.includes(item.kind),
  );

/**
 * An originator that has no clause to the reader's party (a third party) must have consented, by item or on
 * the record of the agreement that carries it; an agreement under
 * which another originator lets the item go must let consents count; and none between the third party and another
 * originator may say that third parties never receive.
 */
export const thirdParty: Rule<ThirdPartyCase> = {
  name: 'third-party',
  permits: ({ world, item, reader, originator, carriers }) =>
    carriers.some(
      ({ terms }) =>
        terms.thirdParties === 'originator-consent' &&
        (item.consents.includes(reader.party) || isOnRecord(terms, originator, item, reader)),
    ) &&
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
