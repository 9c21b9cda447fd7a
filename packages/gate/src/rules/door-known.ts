import { DOORS } from '@concord/agreement';
import type { ItemCase, Rule } from '../rule.ts';

const doors: ReadonlySet<string> = new Set(DOORS);

/** A `never` line may be about one door, so a reader comes by a door that is known. */
export const doorKnown: Rule<ItemCase> = {
  name: 'door-known',
  permits: ({ reader }) => doors.has(reader.door),
  says: ({ reader }) => `"${reader.door}" is no way by which data leave`,
};
