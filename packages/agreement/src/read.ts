import { isAgreementId, isShortName, type Policies } from '@concord/label';
import { type Area, hashOf, readArea } from './area.ts';
import type { Finding } from './finding.ts';
import { Place } from './node.ts';
import { type Known, readClause } from './read-clause.ts';
import { readDuties } from './read-duty.ts';
import { checkRepeats, levelsByParty, readAuthority, readEquivalence, readParties } from './read-parties.ts';
import { readAssurance, readNever } from './read-promise.ts';
import { readAccess, readConsents, readReference, readScope } from './read-scope.ts';
import { readValidity } from './read-validity.ts';
import type { Terms } from './terms.ts';

export interface ReadOptions {
  /** Gives the text of a file that the agreement names (`areas/corridor.geojson`); undefined where there is none. */
  readonly file: (path: string) => string | undefined;
  /** The policies that are known apart from the agreement; without them its equivalence table says the levels. */
  readonly policies?: Policies;
}

export interface Reading {
  /** Absent where a finding prevents the terms from being executed to the letter. */
  readonly terms?: Terms;
  readonly findings: readonly Finding[];
}

/** What has been read, with the places of what may be talked about afterwards. */
export interface PlacedReading {
  readonly root: Place;
  readonly terms: Terms | undefined;
  readonly places: Places;
}

/**
 * Reads the YAML text of an agreement into terms. Every key is either executed or refused with its position; the
 * terms are given only where nothing was refused. Never throws, whatever the text.
 */
export function readAgreement(text: string, options: ReadOptions): Reading {
  const { root, terms } = readPlaced(text, options);
  return readingOf(root, terms);
}

export function readPlaced(text: string, options: ReadOptions): PlacedReading {
  const root = Place.parse(text);
  const places: Places = { root };
  const terms = root.findings.length > 0 ? undefined : readTerms(root, options, places);
  return { root, terms: root.findings.length > 0 ? undefined : terms, places };
}

export const readingOf = (root: Place, terms: Terms | undefined): Reading => {
  const findings = inOrder(root.findings);
  return terms && findings.every((one) => one.severity === 'warning') ? { terms, findings } : { findings };
};

function readTerms(root: Place, options: ReadOptions, places: Places): Terms | undefined {
  const f = root.fields(
    'an agreement',
    ['agreement', 'version', 'title', 'parties', 'authority', 'inForce', 'equivalence', 'clauses'],
    [
      ...(['areas', 'assurances', 'never', 'thirdParties', 'parent', 'annexes', 'missingLevels'] as const),
      ...(['scope', 'access', 'consents', 'recall', 'incidents', 'lawChange', 'disputes'] as const),
      'reciprocity',
    ],
  );
  Object.assign(places, f);
  const id = f.agreement.string('agreement');
  if (id !== undefined && !isAgreementId(id))
    f.agreement.find('bad-name', 'agreement is a name such as strait-watch');
  const version = f.version.integer('version', 1, 1_000_000);
  const title = f.title.string('title');
  const parties = readParties(f.parties);
  const authority = readAuthority(f.authority);
  const inForce = readValidity(f.inForce);
  const { rows: equivalence, oneWay } = readEquivalence(f.equivalence, parties, options.policies);
  checkRepeats(f.equivalence, equivalence, oneWay);
  const areaPlaces = named(f.areas, 'areas');
  const areas = areaPlaces.flatMap(([name, place]) => readAreaFile(name, place, options) ?? []);
  const known: Known = {
    parties: parties.map((one) => one.id),
    levels: levelsByParty(parties, equivalence, options.policies),
    areas: areaPlaces.map(([name]) => name),
  };
  const clausePlaces = named(f.clauses, 'clauses');
  const clauses = clausePlaces.flatMap(([name, place]) => readClause(name, place, known) ?? []);
  // What has a name may be referred to, even where it is wrong itself: one fault, one finding.
  const clauseNames = clausePlaces.map(([name]) => name);
  const assurances = named(f.assurances, 'assurances').flatMap(
    ([name, place]) => readAssurance(name, place, known, clauseNames) ?? [],
  );
  const never = (f.never?.items('never') ?? []).flatMap((place) => readNever(place, known) ?? []);
  const thirdParties = f.thirdParties?.oneOf('thirdParties', ['never', 'originator-consent']) ?? 'never';
  const parent = f.parent && readReference(f.parent);
  const annexes = f.annexes?.items('annexes').flatMap((one) => readReference(one) ?? []);
  const missing = f.missingLevels?.oneOf('missingLevels', ['refused', 'next-higher']);
  const scope = f.scope && readScope(f.scope, known);
  const access = f.access && readAccess(f.access, known);
  const consents = f.consents && readConsents(f.consents, thirdParties);
  const duties = readDuties(f, clauseNames);
  const reciprocity = f.reciprocity?.oneOf('reciprocity', ['reported']);
  if (id === undefined || !isAgreementId(id) || version === undefined || title === undefined)
    return undefined;
  if (!authority || !inForce) return undefined;
  return {
    id,
    version,
    title,
    parties,
    authority,
    inForce,
    equivalence,
    areas,
    assurances,
    clauses,
    never,
    thirdParties,
    ...(oneWay.length > 0 && { oneWay }),
    ...(missing === 'next-higher' && { missingLevels: missing }),
    ...(parent && { parent }),
    ...(annexes && { annexes }),
    ...(scope && { scope }),
    ...(access && { access }),
    ...(consents && { consents }),
    ...duties,
    ...(reciprocity && { reciprocity }),
  };
}

/** The places of the keys of an agreement, as far as they are there. */
export type Places = { readonly root: Place } & { readonly [key in keyof Terms]?: Place };

/** Each finding once, as the text goes. */
const inOrder = (findings: readonly Finding[]): Finding[] =>
  [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );

/** The entries of a map whose keys are names that the agreement gives. */
function named(place: Place | undefined, what: string): [name: string, value: Place][] {
  if (!place || place.missing) return [];
  return place.entries(what).flatMap(([name, value, key]) => {
    if (isShortName(name)) return [[name, value]];
    return key.find('bad-name', `"${name}" is no name: lower case, digits, hyphens`) ?? [];
  });
}

/** A path beside the agreement: no step upwards, nothing absolute, no hidden file. */
const beside = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/;

function readAreaFile(name: string, place: Place, options: ReadOptions): Area | undefined {
  const path = place.string('the file of an area');
  if (path === undefined) return undefined;
  if (!beside.test(path)) return place.find('bad-area', `"${path}" is no file beside the agreement`);
  const text = options.file(path);
  if (text === undefined) return place.find('bad-area', `there is no file "${path}"`);
  const area = readArea(name, text);
  return 'problem' in area ? place.find('bad-area', `"${path}" ${area.problem}`) : area;
}

/** SHA-256 of what is executed: equal digests, equal effect. Written as hexadecimal. */
export function digest(terms: Terms): string {
  const plain = (_key: string, value: unknown) => (value instanceof Map ? [...value] : value);
  return hashOf(JSON.stringify(terms, plain));
}
