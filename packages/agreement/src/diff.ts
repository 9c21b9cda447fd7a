import type { Terms } from './terms.ts';
import {
  assuranceInWords,
  clauseInWords,
  inForceInWords,
  neverInWords,
  partyInWords,
  thirdPartiesInWords,
} from './words.ts';
import {
  accessInWords,
  consentInWords,
  disputesInWords,
  incidentsInWords,
  lawChangeInWords,
  missingLevelsInWords,
  recallInWords,
  referenceInWords,
  scopeInWords,
  validityInWords,
} from './words-terms.ts';

/** One difference between two versions of an agreement, in words. */
export interface TermsChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly what:
    | 'title'
    | 'authority'
    | 'in force'
    | 'party'
    | 'equivalence'
    | 'area'
    | 'clause'
    | 'never'
    | 'assurance'
    | 'third parties'
    | 'parent'
    | 'annex'
    | 'security authority'
    | 'validity'
    | 'missing levels'
    | 'scope'
    | 'access'
    | 'consent'
    | 'recall'
    | 'incidents'
    | 'change of law'
    | 'disputes'
    | 'reciprocity';
  /** What it is called, where it has a name. */
  readonly name?: string;
  readonly before?: string;
  readonly after?: string;
}

/** Things with names, each with its words and with what decides whether it is the same. */
type Named = ReadonlyMap<string, { readonly words: string; readonly same: string }>;

function changes(what: TermsChange['what'], before: Named, after: Named, isNamed = true): TermsChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): TermsChange[] => {
    const [a, b] = [before.get(key), after.get(key)];
    if (a && b && a.same === b.same) return [];
    return [
      {
        change: a ? (b ? 'changed' : 'removed') : 'added',
        what,
        ...(isNamed && { name: key }),
        ...(a && { before: a.words }),
        ...(b && { after: b.words }),
      },
    ];
  });
}

const named = <T>(list: readonly T[], key: (one: T) => string, words: (one: T) => string): Named =>
  new Map(list.map((one) => [key(one), { words: words(one), same: JSON.stringify(one) }]));

/** A single thing without a name. */
const one = (words: string): Named => new Map([['', { words, same: words }]]);

/** Areas are what they are, not what they are called: a clause may say the same words of another place. */
const areas = ({ areas }: Terms): Named =>
  named(
    areas,
    (area) => area.name,
    (area) => `the area ${area.name}, version ${area.hash}`,
  );

const rows = ({ equivalence, oneWay }: Terms): Named =>
  new Map(
    equivalence.map((row, i) => {
      const way = oneWay?.find((one) => one.row === i);
      const levels = [...row].map(([policy, level]) => `${policy} ${level}`).sort();
      const words = `${levels.join(' = ')}${way ? ` for data of ${way.from} and clearances of ${way.to}` : ''}`;
      return [words, { words, same: words }];
    }),
  );

/** Lines without names: a line is the same where it forbids the same. */
const lines = (terms: Terms): Named =>
  new Map(terms.never.map((line) => [line.says, { words: neverInWords(line, terms), same: line.says }]));

/** What a version of an agreement changes in another one, in words. The version itself is no change. */
export function diffTerms(before: Terms, after: Terms): TermsChange[] {
  const of = (what: TermsChange['what'], read: (terms: Terms) => Named, isNamed = true) =>
    changes(what, read(before), read(after), isNamed);
  return [
    ...of('title', (terms) => one(terms.title), false),
    ...of('authority', ({ authority }) => one(`${authority.name}, quorum ${authority.quorum}`), false),
    ...of('in force', (terms) => one(inForceInWords(terms)), false),
    ...of('party', ({ parties }) =>
      named(
        parties.map(({ id, name, policy }) => ({ id, name, policy })),
        (party) => party.id,
        partyInWords,
      ),
    ),
    ...of('equivalence', rows, false),
    ...of('area', areas),
    ...of('clause', (terms) =>
      named(
        terms.clauses,
        (clause) => clause.id,
        (clause) => clauseInWords(clause, terms),
      ),
    ),
    ...of('never', lines, false),
    ...of('assurance', (terms) =>
      named(
        terms.assurances,
        (assurance) => assurance.id,
        (assurance) => assuranceInWords(assurance, terms),
      ),
    ),
    ...of('third parties', (terms) => one(thirdPartiesInWords(terms)), false),
    ...furtherChanges(of),
  ];
}

type Compare = (what: TermsChange['what'], read: (terms: Terms) => Named, isNamed?: boolean) => TermsChange[];

/** Sentences that may not be there at all. */
const said = (sentences: readonly string[]): Named =>
  new Map(sentences.length > 0 ? [['', { words: sentences.join(' '), same: sentences.join(' ') }]] : []);

function furtherChanges(of: Compare): TermsChange[] {
  return [
    ...of('parent', ({ parent }) => said(parent ? [referenceInWords(parent)] : []), false),
    ...of('annex', ({ annexes }) => named(annexes ?? [], (annex) => annex.reference, referenceInWords)),
    ...of('security authority', ({ parties }) =>
      named(
        parties.filter((party) => party.securityAuthority !== undefined),
        (party) => party.id,
        (party) => party.securityAuthority ?? '',
      ),
    ),
    ...of('validity', (terms) => said(validityInWords(terms)), false),
    ...of('missing levels', (terms) => one(missingLevelsInWords(terms)), false),
    ...of('scope', (terms) => said(terms.scope ? [scopeInWords(terms.scope, terms)] : []), false),
    ...of('access', (terms) =>
      named(
        terms.access ?? [],
        (access) => access.party,
        (access) => accessInWords(access, terms),
      ),
    ),
    ...of('consent', (terms) =>
      named(
        terms.consents ?? [],
        (consent) => consent.reference,
        (consent) => consentInWords(consent, terms),
      ),
    ),
    ...of('recall', (terms) => said(recallInWords(terms)), false),
    ...of('incidents', (terms) => said(incidentsInWords(terms)), false),
    ...of('change of law', (terms) => said(lawChangeInWords(terms)), false),
    ...of('disputes', (terms) => said(disputesInWords(terms)), false),
    ...of(
      'reciprocity',
      (terms) => said(terms.reciprocity ? ['what each side gives is reported'] : []),
      false,
    ),
  ];
}
