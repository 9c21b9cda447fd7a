import { kindInWords } from '@concord/agreement';
import type { Permit } from './decide.ts';
import type { ReleaseFacts, SubjectFacts } from './facts.ts';

const DOOR_WORDS: Readonly<Record<SubjectFacts['door'], string>> = {
  api: 'asks for it',
  live: 'listens to the stream',
  file: 'asks for the file',
};

/** A case and what lets it go, as somebody would tell it. */
export function story(item: ReleaseFacts, reader: SubjectFacts, permits: readonly Permit[]): string {
  const marks = item.caveats.length > 0 ? ` marked ${item.caveats.join(', ')}` : '';
  const by = permits.map((one) =>
    'home' in one ? `it is ${one.home}'s own` : `clause ${one.clause} of ${one.agreement}`,
  );
  const clearances = [...new Set(reader.grants.map((one) => one.level))].filter((one) => one !== '');
  return [
    `${item.originators.join(' and ')} holds ${kindInWords(item.kind)} (${item.dataMode}), ${item.policy} ${item.classification}${marks}.`,
    `An officer of ${reader.party}, cleared for ${clearances.join(' and ') || 'nothing'}, ${DOOR_WORDS[reader.door]}.`,
    `It is let go by ${by.join(' and ')}.`,
  ].join(' ');
}
