import { isPartyId, isWord, type PartyId, type Policies, type PolicyId } from '@concord/label';
import type { Place } from './node.ts';
import type { OneWay, Party, Terms } from './terms.ts';

/** Reads `parties`. */
export function readParties(place: Place): Party[] {
  if (place.missing) return [];
  const parties = place.entries('parties').flatMap(([id, value, key]) => {
    if (!isPartyId(id) || id === 'only')
      return key.find('bad-name', `"${id}" is no name of a party: lower case, digits, hyphens`) ?? [];
    const f = value.fields(`party "${id}"`, ['name', 'policy'], ['securityAuthority']);
    const policy = f.policy.string('policy');
    if (policy !== undefined && (!isWord(policy) || policy.includes(' ')))
      f.policy.find('bad-name', `"${policy}" is no name of a policy: one word`);
    const securityAuthority = f.securityAuthority?.string('securityAuthority');
    return [
      {
        id,
        name: f.name.string('name') ?? '',
        policy: (policy ?? '') as PolicyId,
        ...(securityAuthority !== undefined && { securityAuthority }),
      },
    ];
  });
  if (parties.length < 2) place.find('bad-value', 'an agreement has at least two parties');
  return parties;
}

/** Reads `authority`. */
export function readAuthority(place: Place): Terms['authority'] | undefined {
  if (place.missing) return undefined;
  const { name, quorum } = place.fields('authority', ['name', 'quorum']);
  const count = quorum.text() === 'all' ? 'all' : quorum.integer('quorum', 1, 99);
  return { name: name.string('name') ?? '', quorum: count ?? 'all' };
}

/**
 * Reads `equivalence`: rows from the highest level to the lowest. Where the policies are known apart from the
 * agreement, its rows must keep their order, or a table could lift a low clearance over a high level.
 */
export function readEquivalence(
  place: Place,
  parties: readonly Party[],
  policies: Policies | undefined,
): { readonly rows: Terms['equivalence']; readonly oneWay: readonly OneWay[] } {
  const oneWay: OneWay[] = [];
  const ids = [...new Set(parties.map((one) => one.policy))];
  const lowest = new Map<PolicyId, number>();
  const rows = place.items('equivalence').map((row, i) => {
    const levels = new Map<PolicyId, string>();
    for (const [name, value, key] of row.entries('a row of the table')) {
      if (name === 'only') {
        const way = readDirection(value, parties);
        if (way) oneWay.push({ row: i, ...way });
        continue;
      }
      const party = parties.find((one) => one.id === name);
      const level = value.string('a level');
      if (!party) key.find('unknown-party', `"${name}" is no party of this agreement`);
      else if (level !== undefined && !isWord(level))
        value.find('bad-value', `"${level}" cannot be the name of a level`);
      else if (level !== undefined) {
        const { policy } = party;
        if (levels.has(policy) && levels.get(policy) !== level)
          key.find('repeated', `${policy} stands in this row already, with another level`);
        else if (!levels.has(policy)) checkOrder(value, policy, level, lowest, policies);
        levels.set(policy, level);
      }
    }
    if (levels.size < Math.min(2, ids.length))
      row.find('bad-value', 'a row names the equal levels of at least two policies');
    return levels;
  });
  return { rows, oneWay };
}

/** `only: { from, to }`: the row holds for data of one party's policy and clearances of another's. */
function readDirection(place: Place, parties: readonly Party[]): Omit<OneWay, 'row'> | undefined {
  const f = place.fields('only', ['from', 'to']);
  const ids = parties.map((one) => one.id);
  const policyOf = (one: Place, what: string) => {
    const id = one.oneOf(what, ids, 'unknown-party');
    return parties.find((party) => party.id === id)?.policy;
  };
  const [from, to] = [policyOf(f.from, 'from'), policyOf(f.to, 'to')];
  if (from === undefined || to === undefined) return undefined;
  return from === to ? f.to.find('bad-value', 'levels of one policy need no row') : { from, to };
}

/** `lowest` is where the rows so far have come to: the position of the level in its policy, or the row itself. */
function checkOrder(
  value: Place,
  policy: PolicyId,
  level: string,
  lowest: Map<PolicyId, number>,
  policies: Policies | undefined,
): void {
  const known = policies?.get(policy);
  if (!known) return;
  const at = known.levels.indexOf(level);
  if (at < 0) {
    value.find('unknown-level', `"${level}" is no level of ${policy}`);
    return;
  }
  if (at > (lowest.get(policy) ?? Number.POSITIVE_INFINITY))
    value.find(
      'bad-value',
      `"${level}" of ${policy} stands below a lower level: the highest row comes first`,
    );
  lowest.set(policy, at);
}

/**
 * A level stands in one row, or, where rows hold in one direction, in one for each direction: in two it would have
 * two meanings.
 */
export function checkRepeats(
  place: Place,
  equivalence: Terms['equivalence'],
  oneWay: readonly OneWay[],
): void {
  const seen = new Set<string>();
  for (const [i, row] of equivalence.entries()) {
    const way = oneWay.find((one) => one.row === i);
    for (const [policy, level] of row) {
      // In a row of one direction only what it is asked for can have two meanings.
      if (way && way.from !== policy) continue;
      const key = `${policy}\n${level}`;
      const keys = way ? [`${key}\n${way.to}`] : [key, ...oneWay.map(({ to }) => `${key}\n${to}`)];
      if (keys.some((one) => seen.has(one)))
        place.find('repeated', `"${level}" of ${policy} stands in two rows`);
      for (const one of keys) seen.add(one);
    }
  }
}

/** Levels from the lowest to the highest that a table gives a policy. */
const levelsOf = (equivalence: Terms['equivalence'], policy: PolicyId): string[] =>
  equivalence.flatMap((row) => row.get(policy) ?? []).reverse();

/** Levels by party: those of its policy, or, where the policy is not known apart, those of the table. */
export function levelsByParty(
  parties: readonly Party[],
  equivalence: Terms['equivalence'],
  policies: Policies | undefined,
): ReadonlyMap<PartyId, readonly string[]> {
  return new Map(
    parties.map(({ id, policy }) => [id, policies?.get(policy)?.levels ?? levelsOf(equivalence, policy)]),
  );
}

/**
 * The policies that an agreement itself implies: the levels of its table, its first row the highest. For use where a
 * policy is not known from its owner: an agreement must not redefine the policy of somebody else.
 */
export function impliedPolicies(terms: Terms): Policies {
  return new Map(
    [...new Set(terms.parties.map((one) => one.policy))].map((id) => [
      id,
      { id, levels: levelsOf(terms.equivalence, id) },
    ]),
  );
}
