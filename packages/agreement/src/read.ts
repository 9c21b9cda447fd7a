import { isAgreementId, isShortName, type Policies } from '@concord/label';
import { type Area, hashOf, readArea } from './area.ts';
import type { Finding } from './finding.ts';
import { Place } from './node.ts';
import { type Known, readClause } from './read-clause.ts';
import { checkRepeats, levelsByParty, readAuthority, readEquivalence, readParties } from './read-parties.ts';
import { readAssurance, readNever } from './read-promise.ts';
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

/**
 * Reads the YAML text of an agreement into terms. Every key is either executed or refused with its position; the
 * terms are given only where nothing was refused. Never throws, whatever the text.
 */
export function readAgreement(text: string, options: ReadOptions): Reading {
  const root = Place.parse(text);
  if (root.findings.length > 0) return { findings: inOrder(root.findings) };
  const terms = readTerms(root, options);
  const findings = inOrder(root.findings);
  return findings.length === 0 && terms ? { terms, findings } : { findings };
}

function readTerms(root: Place, options: ReadOptions): Terms | undefined {
  const f = root.fields(
    'an agreement',
    ['agreement', 'version', 'title', 'parties', 'authority', 'inForce', 'equivalence', 'clauses'],
    ['areas', 'assurances', 'never', 'thirdParties'],
  );
  const id = f.agreement.string('agreement');
  if (id !== undefined && !isAgreementId(id))
    f.agreement.find('bad-name', 'agreement is a name such as strait-watch');
  const version = f.version.integer('version', 1, 1_000_000);
  const title = f.title.string('title');
  const parties = readParties(f.parties);
  const authority = readAuthority(f.authority);
  const inForce = readInForce(f.inForce);
  const equivalence = readEquivalence(f.equivalence, parties, options.policies);
  checkRepeats(f.equivalence, equivalence);
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
  };
}

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

function readInForce(place: Place): Terms['inForce'] | undefined {
  if (place.missing) return undefined;
  const f = place.fields('inForce', ['from', 'until']);
  const from = readInstant(f.from);
  const until = readInstant(f.until);
  if (from === undefined || until === undefined) return undefined;
  return from < until ? { from, until } : place.find('bad-value', 'inForce ends before it begins');
}

/** A calendar day (its first instant, UTC) or an instant with Z. */
function readInstant(place: Place): number | undefined {
  const text = place.text();
  if (text === undefined) return undefined;
  const ms = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  // The 30th of February and the hour 24 are read as another day than is written.
  const asWritten = Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text.slice(0, 10));
  return asWritten
    ? ms
    : place.find(
        'bad-value',
        `"${text}" is no day (2026-12-01) or instant (2026-12-01T00:00:00Z) of the calendar`,
      );
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
