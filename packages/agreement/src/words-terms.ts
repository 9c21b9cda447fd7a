import type { DisputeStep } from './duty-terms.ts';
import { reciprocityOf } from './reciprocity.ts';
import type { Access, Consent, Reference, Scope, Survivor, Terms } from './terms.ts';
import { kindInWords, list, nameOf, timeInWords } from './words.ts';

const SURVIVOR_WORDS: Readonly<Record<Survivor, string>> = {
  never: 'what is never released',
  'third-parties': 'the third-party rule',
  recall: 'recall and the limits on what is held',
  incidents: 'the duty to report incidents',
  disputes: 'the way to settle disputes',
};

export const referenceInWords = ({ reference, title, digest }: Reference): string =>
  `${title} (${reference}${digest === undefined ? '' : `, SHA-256 ${digest}`})`;

/** Renewal, notice and what survives the end. */
export function validityInWords({ inForce }: Terms): string[] {
  const { renewal, notice, survives } = inForce;
  return [
    ...(renewal
      ? [
          `Renewed for ${timeInWords(renewal.period)} each time, unless a party gives notice ${timeInWords(renewal.unlessNotice)} before the end.`,
        ]
      : []),
    ...(notice === undefined
      ? []
      : [`A party may leave; the agreement then ends ${timeInWords(notice)} after its notice.`]),
    ...(survives ? [`After the end there remain ${list(survives.map((one) => SURVIVOR_WORDS[one]))}.`] : []),
  ];
}

export function scopeInWords(scope: Scope, terms: Terms): string {
  const { ceilings, categories, areas, dataModes, dutyToExchange } = scope;
  const parts = [
    ...ceilings.map(({ party, level }) => `nothing of ${nameOf(terms, party)} above ${level}`),
    ...(categories ? [`of categories only ${list(categories, 'or')}`] : []),
    ...(areas ? [`within ${list(areas, 'or')} only`] : []),
    ...(dataModes ? [`${list(dataModes, 'or')} data only`] : []),
    ...(dutyToExchange ? ['no party has to give anything'] : []),
  ];
  return parts.length === 0 ? 'Scope: without limits.' : `Scope: ${list(parts)}.`;
}

export function accessInWords({ party, minimum, confirmation, nationals }: Access, terms: Terms): string {
  const needs = [
    ...(minimum === undefined ? [] : [`are cleared for ${minimum} at least`]),
    ...(confirmation === undefined
      ? []
      : [`have had that confirmed at home within ${timeInWords(confirmation)}`]),
    ...(nationals ? [`are of nationality ${list(nationals, 'or')}`] : []),
  ];
  return `Officers of ${nameOf(terms, party)} receive only if they ${list(needs) || 'have a grant'}.`;
}

export const consentInWords = ({ reference, originator, to, kinds }: Consent, terms: Terms): string =>
  `${nameOf(terms, originator)} has consented (${reference}) that ${list(kinds.map(kindInWords))} go to ${nameOf(terms, to)}.`;

export function recallInWords({ recall }: Terms): string[] {
  if (!recall) return [];
  const { acknowledge, destroy, certificate, atEnd } = recall;
  return [
    `What is recalled is acknowledged within ${timeInWords(acknowledge)} and destroyed within ${timeInWords(destroy)}${certificate ? ', with a certificate' : ''}.`,
    ...(atEnd
      ? [
          `At the end all that was given is ${atEnd.what === 'return' ? 'returned' : 'destroyed'} within ${timeInWords(atEnd.within)}.`,
        ]
      : []),
  ];
}

export function incidentsInWords({ incidents }: Terms): string[] {
  if (!incidents) return [];
  const { notify, suspend } = incidents;
  const rests =
    suspend.length > 0 ? ` On suspicion ${list(suspend)} ${suspend.length === 1 ? 'rests' : 'rest'}.` : '';
  return [`Loss and compromise are reported within ${timeInWords(notify)}.${rests}`];
}

export const lawChangeInWords = ({ lawChange }: Terms): string[] =>
  lawChange
    ? [
        `A change of law is reported within ${timeInWords(lawChange.notify)}; the parties consult within ${timeInWords(lawChange.consult)}.`,
      ]
    : [];

const stepInWords = ({ step, within }: DisputeStep): string =>
  `${step === 'consultation' ? 'consultation' : 'the authority'} within ${timeInWords(within)}`;

export const disputesInWords = ({ disputes }: Terms): string[] =>
  disputes ? [`Disputes are settled by ${disputes.map(stepInWords).join(', then by ')}.`] : [];

export const missingLevelsInWords = ({ missingLevels }: Terms): string =>
  missingLevels
    ? 'A level without a row of its own counts as the next higher one that has a row.'
    : 'A level without a row of its own reaches nobody of another policy.';

/** Who lets whom have what, direction by direction, where the agreement has it reported. */
export const reciprocityInWords = (terms: Terms): string[] =>
  terms.reciprocity
    ? reciprocityOf(terms).map(
        ({ from, to, kinds }) =>
          `${nameOf(terms, from)} to ${nameOf(terms, to)}: ${list(kinds.map(kindInWords)) || 'nothing'}.`,
      )
    : [];

/** What an agreement says beside its clauses, never lines and assurances, a sentence a line. */
export function furtherTermsInWords(terms: Terms): string[] {
  const { parent, annexes, scope, access, consents, missingLevels, oneWay } = terms;
  return [
    ...(parent ? [`Under ${referenceInWords(parent)}.`] : []),
    ...(annexes ?? []).map((one) => `Annex: ${referenceInWords(one)}.`),
    ...terms.parties.flatMap(({ name, securityAuthority }) =>
      securityAuthority === undefined
        ? []
        : [`For ${name} the ${securityAuthority} is competent in security.`],
    ),
    ...validityInWords(terms),
    ...(oneWay ?? []).map(
      ({ row, from, to }) =>
        `Row ${row + 1} of the table holds for data of ${from} and clearances of ${to} only.`,
    ),
    ...(missingLevels ? [missingLevelsInWords(terms)] : []),
    ...(scope ? [scopeInWords(scope, terms)] : []),
    ...(access ?? []).map((one) => accessInWords(one, terms)),
    ...(consents ?? []).map((one) => consentInWords(one, terms)),
    ...recallInWords(terms),
    ...incidentsInWords(terms),
    ...lawChangeInWords(terms),
    ...disputesInWords(terms),
    ...reciprocityInWords(terms),
  ];
}
