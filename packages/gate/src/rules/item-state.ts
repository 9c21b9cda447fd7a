import type { OriginatorCase, Rule } from '../rule.ts';

/** An embargoed or recalled item is for its originator alone. */
export const itemState: Rule<OriginatorCase> = {
  name: 'item-state',
  permits: ({ item }) => item.state === 'normal',
  says: ({ item }) => (item.state === 'embargoed' ? 'it is under embargo' : 'its originator has recalled it'),
};
