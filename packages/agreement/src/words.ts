import type { ItemKind } from '@concord/label';
import type { Obligations } from './obligations.ts';
import type { Assurance, Clause, Door, Never, Party, Terms } from './terms.ts';
import { furtherTermsInWords } from './words-terms.ts';

const KINDS: Readonly<Record<ItemKind, string>> = {
  'gnss.observation': 'satellite navigation observations',
  'gnss.ephemeris': 'satellite ephemerides',
  'gnss.position': 'receiver positions',
  'gnss.integrity': 'navigation integrity',
  'gnss.interference': 'navigation interference',
  'ais.position': 'vessel positions',
  'ais.static': 'vessel particulars',
  'orbit.elset': 'orbital element sets',
  'orbit.pass': 'satellite passes',
  'eo.scene': 'satellite scenes',
  'eo.detection': 'detections in satellite scenes',
  report: 'reports',
  'thread.post': 'posts in threads',
  request: 'requests',
};

/** By rung of the ladder. */
const DELAYS = ['', '1 minute', '10 minutes', '1 hour', '1 day', '7 days'] as const;

/** Mean edge of a hexagon of each resolution, 0 to 15, rounded (H3, table of cell statistics). */
const EDGES = [
  ...['1280 km', '480 km', '180 km', '69 km', '26 km', '10 km', '3.7 km', '1.4 km'],
  ...['530 m', '200 m', '76 m', '29 m', '11 m', '4.1 m', '1.5 m', '0.6 m'],
];

const DOOR_WORDS: Readonly<Record<Door, string>> = {
  api: 'in answer to a query',
  live: 'in a live stream',
  file: 'as a file',
};

/** `a, b and c`. */
export const list = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

export const nameOf = (terms: Terms, party: string): string =>
  terms.parties.find((one) => one.id === party)?.name || party;

/** `vessel positions`. */
export const kindInWords = (kind: ItemKind): string => KINDS[kind];

/** What is done before release: `position as a hexagon of about 1.4 km edge, 10 minutes late, without raw`. */
export function obligationsInWords({ position, delay, drop }: Obligations): string {
  const parts = [
    ...(position ? [`position as a hexagon with edges of about ${EDGES[position.h3]}`] : []),
    ...(delay ? [`${DELAYS[delay]} late`] : []),
    ...(drop && drop.length > 0 ? [`without ${list(drop)}`] : []),
  ];
  return parts.length > 0 ? list(parts) : 'as it is';
}

/** A clause in a sentence or two. */
export function clauseInWords(clause: Clause, terms: Terms): string {
  const { from, to, covers, ceiling, within, purposes, dataModes, obligations } = clause;
  const { embargo, copies, hold } = clause;
  const policy = terms.parties.find((one) => one.id === from)?.policy;
  const assurances = terms.assurances.filter((one) => one.suspends.includes(clause.id));
  return [
    `${nameOf(terms, from)} lets ${nameOf(terms, to)} have ${list(covers.map(kindInWords))} up to ${policy} ${ceiling}`,
    ...(within === undefined ? [] : [` within the area ${within}`]),
    ...(purposes.length > 0 ? [` for ${list(purposes, 'or')}`] : []),
    ...(dataModes ? [`, ${list(dataModes, 'or')} data only`] : []),
    `, ${obligationsInWords(obligations)}.`,
    ...(embargo === undefined ? [] : [` Nothing before ${instantInWords(embargo)} (UTC).`]),
    ...(copies === undefined
      ? []
      : [
          ` ${copies === 0 ? 'No copies are' : `At most ${copies} ${copies === 1 ? 'copy is' : 'copies are'}`} made.`,
        ]),
    ...(hold === undefined ? [] : [` Destroyed within ${timeInWords(hold)} of receipt.`]),
    ...(assurances.length > 0
      ? [
          ` It rests while ${list(
            assurances.map((one) => one.id),
            'or',
          )} is not live.`,
        ]
      : []),
  ].join('');
}

/** What a `never` line is about, with its verb: all of it together. */
function subjectInWords({ release }: Never, terms: Terms): string {
  const { caveat, above, originator, dataMode, kind, area } = release;
  const thing = kind === undefined ? undefined : kindInWords(kind);
  const mode = dataMode === undefined ? undefined : `${dataMode} data`;
  const head = thing && mode ? `${thing} as ${mode}` : (thing ?? mode);
  const rest = [
    ...(caveat === undefined ? [] : [`is marked ${caveat}`]),
    ...(above === undefined ? [] : [`is above ${above}`]),
    ...(originator === undefined ? [] : [`stems from ${nameOf(terms, originator)}`]),
    ...(area === undefined ? [] : [`may lie in the area ${area}`]),
  ];
  if (head === undefined && rest.length === 1 && above !== undefined) return `is anything above ${above}`;
  if (head === undefined) return `is what ${list(rest)}`;
  const verb = /(s|data)$/.test(head) ? 'are' : 'is';
  return rest.length === 0
    ? `${verb} ${head}`
    : `${verb} ${head} that ${list(rest.map((one) => (verb === 'are' ? one.replace(/^is /, 'are ').replace(/^stems /, 'stem ') : one)))}`;
}

/** A `never` line in a sentence. */
export function neverInWords(line: Never, terms: Terms): string {
  const whom = line.to === 'any-other-party' ? 'any party but its originator' : nameOf(terms, line.to);
  const door = line.by ? ` ${DOOR_WORDS[line.by]}` : '';
  return `Never ${subjectInWords(line, terms)} released to ${whom}${door}.`;
}

const DAY = 86_400_000;

function shorterInWords(ms: number): string {
  const [n, unit] = ([3_600_000, 60_000] as const).some((one) => ms % one === 0)
    ? ms % 3_600_000 === 0
      ? [ms / 3_600_000, 'hour']
      : [ms / 60_000, 'minute']
    : [ms / 1000, 'second'];
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

export const timeInWords = (ms: number): string => {
  const days = ms / DAY;
  if (!Number.isInteger(days)) return shorterInWords(ms);
  return days === 1 ? '1 day' : `${days} days`;
};

const resting = (clauses: readonly string[]): string =>
  `${clauses.length === 1 ? 'Clause' : 'Clauses'} ${list(clauses)} ${clauses.length === 1 ? 'rests' : 'rest'}`;

/** An assurance in a sentence or two, with what follows when it does not hold. */
export function assuranceInWords(assurance: Assurance, terms: Terms): string {
  const { by, to, text, review, suspends, lapseSuspends, signed, validUntil } = assurance;
  const lapses = [
    ...(review === undefined ? [] : [`has not been confirmed for ${timeInWords(review)}`]),
    ...(validUntil === undefined ? [] : [`has run out on ${instantInWords(validUntil)}`]),
    ...(signed === undefined ? [] : [`is not signed before ${instantInWords(signed)}`]),
  ];
  const same = lapseSuspends === undefined && lapses.length > 0;
  const effect = lapseSuspends && lapseSuspends.length > 0 ? resting(lapseSuspends) : 'Nothing rests';
  return [
    `${nameOf(terms, by)} assures ${nameOf(terms, to)}: ${/[.!?]$/.test(text) ? text : `${text}.`}`,
    ` ${resting(suspends)} when it is breached${same ? ` or ${list(lapses, 'or')}` : ''}.`,
    ...(lapseSuspends && lapses.length > 0 ? [` ${effect} when it ${list(lapses, 'or')}.`] : []),
  ].join('');
}

/** What the agreement says of originators that are no party to a clause. */
export const thirdPartiesInWords = ({ thirdParties }: Terms): string =>
  thirdParties === 'never'
    ? 'What stems from third parties too is never released, consent or not.'
    : 'What stems from third parties too is released only where all of them have consented.';

/** A day or an instant, UTC. */
export const instantInWords = (ms: number): string =>
  new Date(ms).toISOString().replace('T00:00:00.000Z', '').replace(':00.000Z', 'Z').replace('.000Z', 'Z');

export const partyInWords = ({ name, policy }: Party): string => `${name}, whose policy is ${policy}`;

/** From when until when, UTC. */
export const inForceInWords = ({ inForce }: Terms): string =>
  `In force from ${instantInWords(inForce.from)} until ${instantInWords(inForce.until)} (UTC).`;

/** The whole agreement, a line a sentence. */
export function termsInWords(terms: Terms): string[] {
  const { authority, title, version } = terms;
  return [
    `${title}, version ${version}, between ${list(terms.parties.map((one) => one.name))} under ${authority.name}.`,
    inForceInWords(terms),
    ...terms.clauses.map((clause) => `${clause.id}: ${clauseInWords(clause, terms)}`),
    ...terms.never.map((line) => neverInWords(line, terms)),
    ...terms.assurances.map((one) => `${one.id}: ${assuranceInWords(one, terms)}`),
    thirdPartiesInWords(terms),
    ...furtherTermsInWords(terms),
  ];
}
