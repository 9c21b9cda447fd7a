import type { OriginatorCase, Rule } from '../rule.ts';

/** Where the label names its readers' parties, the reader's is among them. */
export const releasableTo: Rule<OriginatorCase> = {
  name: 'releasable-to',
  permits: ({ item, reader }) => item.releasableTo === undefined || item.releasableTo.includes(reader.party),
  says: ({ reader }) => `its label does not name ${reader.party}`,
};
