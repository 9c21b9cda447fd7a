import type { OriginatorCase, Rule } from '../rule.ts';

/** NOFORN never leaves its originator; ORCON needs recorded consent; a caveat that is not known means no. */
export const caveats: Rule<OriginatorCase> = {
  name: 'caveats',
  permits: ({ item, reader }) =>
    item.caveats.every((caveat) => caveat === 'ORCON' && item.consents.includes(reader.party)),
  says: ({ item }) => `its caveats ${item.caveats.join(', ')} keep it with its originator`,
};
