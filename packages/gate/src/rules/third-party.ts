import type { OriginatorCase, Rule } from '../rule.ts';
import { agreementsBetween } from '../world.ts';

/**
 * An originator that has no clause to the reader's party (a third party) must have consented, and an agreement of
 * the reader's with another originator must let consents count.
 */
export const thirdParty: Rule<OriginatorCase> = {
  name: 'third-party',
  permits: ({ world, item, reader, originator }) =>
    item.consents.includes(reader.party) &&
    item.originators.some(
      (other) =>
        other !== originator &&
        agreementsBetween(world, other, reader.party).some(
          ({ terms, standing }) => standing === 'in-force' && terms.thirdParties === 'originator-consent',
        ),
    ),
  says: ({ originator }) => `${originator} has not consented to it`,
};
