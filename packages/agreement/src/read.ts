import { createHash } from 'node:crypto';
import { isAgreementId, isPartyId, type PartyId, type Policies, type PolicyId } from '@concord/label';
import { type Area, readArea } from './area.ts';
import type { Finding } from './finding.ts';
import { Place } from './node.ts';
import { type Known, readAssurance, readClause, readNever } from './read-clause.ts';
import type { Party, Terms } from './terms.ts';

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
 * terms are given only where nothing was refused.
 */
export function readAgreement(text: string, options: ReadOptions): Reading {
  const root = Place.parse(text);
  if (root.findings.length > 0) return { findings: root.findings };
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
  const from = readInstant(
    f.inForce.missing ? undefined : f.inForce.fields('inForce', ['from', 'until']).from,
  );
  const until = readInstant(
    f.inForce.missing ? undefined : f.inForce.fields('inForce', ['from', 'until']).until,
  );
  if (from !== undefined && until !== undefined && from >= until)
    f.inForce.find('bad-value', 'inForce ends before it begins');
  const equivalence = readEquivalence(f.equivalence, parties, options.policies);
  const areas = readAreas(f.areas, options);
  const known: Known = {
    parties: parties.map((one) => one.id),
    levels: levelsByParty(parties, equivalence, options.policies),
    areas: areas.map((one) => one.name),
  };
  const clauses = f.clauses.missing
    ? []
    : f.clauses.entries('clauses').flatMap(([name, place]) => readClause(name, place, known) ?? []);
  const names = clauses.map((one) => one.id);
  const assurances = (f.assurances?.entries('assurances') ?? []).flatMap(
    ([name, place]) => readAssurance(name, place, known, names) ?? [],
  );
  const never = (f.never?.items('never') ?? []).flatMap((place) => readNever(place, known) ?? []);
  const thirdParties = f.thirdParties?.oneOf('thirdParties', ['never', 'originator-consent']) ?? 'never';
  const findings = dedupe(root.findings);
  if (findings.length > 0) return { findings };
  if (id === undefined || !isAgreementId(id) || version === undefined || title === undefined)
    return { findings };
  if (authority === undefined || from === undefined || until === undefined) return { findings };
  const inForce = { from, until };
  return {
    terms: {
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
    },
    findings,
  };
}

const dedupe = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((one) => [JSON.stringify(one), one])).values(),
];

function readParties(place: Place): Party[] {
  if (place.missing) return [];
  const parties = place.entries('parties').flatMap(([id, value, key]) => {
    if (!isPartyId(id))
      return key.find('bad-name', `"${id}" is no name of a party: lower case, digits, hyphens`) ?? [];
    const { name, policy } = value.fields(`party "${id}"`, ['name', 'policy']);
    return [{ id, name: name.string('name') ?? '', policy: (policy.string('policy') ?? '') as PolicyId }];
  });
  if (parties.length < 2) place.find('bad-value', 'an agreement has at least two parties');
  return parties;
}

function readAuthority(place: Place): Terms['authority'] | undefined {
  if (place.missing) return undefined;
  const { name, quorum } = place.fields('authority', ['name', 'quorum']);
  const count = quorum.text() === 'all' ? 'all' : quorum.integer('quorum', 1, 99);
  return { name: name.string('name') ?? '', quorum: count ?? 'all' };
}

/** A calendar day (its first instant, UTC) or an instant with Z. */
function readInstant(place: Place | undefined): number | undefined {
  const text = place?.text();
  if (place === undefined || text === undefined) return undefined;
  const ms = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  const back = Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text.slice(0, 10));
  return back
    ? ms
    : place.find(
        'bad-value',
        `"${text}" is no day (2026-12-01) or instant (2026-12-01T00:00:00Z) of the calendar`,
      );
}

function readEquivalence(place: Place, parties: readonly Party[], policies: Policies | undefined) {
  const rows = place.items('equivalence').map((row) => {
    const levels = new Map<PolicyId, string>();
    for (const [name, value, key] of row.entries('a row of the table')) {
      const party = parties.find((one) => one.id === name);
      const level = value.string('a level');
      if (!party) key.find('unknown-party', `"${name}" is no party of this agreement`);
      else if (level !== undefined) {
        const policy = policies?.get(party.policy);
        if (policy && !policy.levels.includes(level))
          value.find('unknown-level', `"${level}" is no level of ${party.policy}`);
        if (levels.has(party.policy)) key.find('repeated', `${party.policy} stands in this row already`);
        levels.set(party.policy, level);
      }
    }
    if (levels.size < 2) row.find('bad-value', 'a row names the equal levels of at least two policies');
    return levels;
  });
  for (const policy of new Set(parties.map((one) => one.policy))) {
    const seen = rows.flatMap((row) => row.get(policy) ?? []);
    const twice = seen.find((level, i) => seen.indexOf(level) !== i);
    if (twice !== undefined) place.find('repeated', `"${twice}" of ${policy} stands in two rows`);
  }
  return rows;
}

function readAreas(place: Place | undefined, options: ReadOptions): Area[] {
  return (place?.entries('areas') ?? []).flatMap(([name, value]) => {
    const path = value.string('the file of an area');
    if (path === undefined) return [];
    const text = options.file(path);
    if (text === undefined) return value.find('bad-area', `there is no file "${path}"`) ?? [];
    const area = readArea(name, text);
    return 'problem' in area ? (value.find('bad-area', `"${path}" ${area.problem}`) ?? []) : [area];
  });
}

/** Levels by party: those of its policy, or, where the policy is not known apart, those of the table, highest row last. */
function levelsByParty(
  parties: readonly Party[],
  equivalence: Terms['equivalence'],
  policies: Policies | undefined,
): ReadonlyMap<PartyId, readonly string[]> {
  return new Map(
    parties.map((party) => [
      party.id,
      policies?.get(party.policy)?.levels ??
        equivalence.flatMap((row) => row.get(party.policy) ?? []).reverse(),
    ]),
  );
}

/** The policies that an agreement itself implies: the levels of its table, its first row the highest. */
export function impliedPolicies(terms: Terms): Policies {
  return new Map(
    [...new Set(terms.parties.map((one) => one.policy))].map((id) => [
      id,
      { id, levels: terms.equivalence.flatMap((row) => row.get(id) ?? []).reverse() },
    ]),
  );
}

/** SHA-256 of what is executed: equal digests, equal effect. Written as hexadecimal. */
export function digest(terms: Terms): string {
  const plain = (_key: string, value: unknown) => (value instanceof Map ? [...value] : value);
  return createHash('sha256').update(JSON.stringify(terms, plain)).digest('hex');
}
