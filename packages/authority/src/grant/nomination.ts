import type { Terms } from '@concord/agreement';
import type { OfficerId, PartyId } from '@concord/label';
import type { Grant, Officer, Recorded } from '../records.ts';
import { binds, isAuthority, speaks } from '../version/may.ts';

/** A grant that has been asked for and is not in force: nominated by its officer's own party. */
export interface Nomination {
  /** As it will be; without the persons that accept it. */
  readonly grant: Grant;
  readonly accepted: ReadonlyMap<PartyId, OfficerId>;
  readonly state: 'nominated' | 'accepted' | 'revoked';
}

export function restoreNominations(record: readonly Recorded[]): Map<string, Nomination> {
  const found = new Map<string, Nomination>();
  for (const { subject, kind, facts, by } of record) {
    const [what, id = ''] = subject.split('/');
    if (what !== 'grant') continue;
    if (kind === 'nominated') {
      const { grant } = facts as { grant: Grant };
      found.set(id, { grant, accepted: new Map(), state: 'nominated' });
    }
    const known = found.get(id);
    // What was revoked stays so, whatever was under way at the time.
    if (!known || known.state === 'revoked') continue;
    const { party } = facts as { party?: PartyId };
    if (kind === 'accepted' && party) found.set(id, accept(known, party, by));
    if (kind === 'granted') found.set(id, { ...known, state: 'accepted' });
    if (kind === 'revoked') found.set(id, { ...known, state: 'revoked' });
  }
  return found;
}

export const accept = (one: Nomination, party: PartyId, by: OfficerId): Nomination => ({
  ...one,
  accepted: new Map(one.accepted).set(party, by),
});

/** The other side of a grant: every party whose data it opens. */
export const givers = (terms: Terms, party: PartyId): PartyId[] => [
  ...new Set(terms.clauses.flatMap((one) => (one.to === party ? [one.from] : []))),
];

/** Nominated by a person of the officer's own party, and never by the officer itself. */
export const mayNominate = (who: Officer, officer: Officer): boolean =>
  who.party === officer.party && who.id !== officer.id && speaks(who);

/**
 * The parties for which a person accepts: its own where that gives something. In an emergency an officer of the
 * authority stands in for all of them.
 */
export function acceptsFor(who: Officer, { grant }: Nomination, terms: Terms): PartyId[] {
  if (who.id === grant.officer || who.id === grant.sponsor) return [];
  const asked = givers(
    terms,
    terms.parties.find((one) => grant.officer.endsWith(`@${one.id}`))?.id ?? ('' as PartyId),
  );
  if (grant.breakGlass !== undefined && isAuthority(who)) return asked;
  return binds(who) ? asked.filter((one) => one === who.party) : [];
}

/** Two persons at least, one from each side, none of them the officer: whether all that must accept have. */
export const isComplete = ({ grant, accepted }: Nomination, terms: Terms, party: PartyId): boolean => {
  const asked = givers(terms, party);
  const persons = new Set([grant.sponsor, ...accepted.values()]);
  return (
    asked.length > 0 &&
    asked.every((one) => accepted.has(one)) &&
    persons.size >= 2 &&
    !persons.has(grant.officer)
  );
};

/**
 * Why a grant of a configuration is none; undefined where it is sound. It was accepted by two persons, one of the
 * officer's own party and one of another party or the authority, neither of them the officer.
 */
export function faultOf(grant: Grant, officers: ReadonlyMap<OfficerId, Officer>): string | undefined {
  const officer = officers.get(grant.officer);
  if (!officer) return `grant ${grant.id}: ${grant.officer} is not known`;
  const persons = grant.approvedBy.flatMap((one) => officers.get(one) ?? []);
  if (persons.length < grant.approvedBy.length)
    return `grant ${grant.id}: it was approved by somebody unknown`;
  if (grant.approvedBy.includes(grant.officer))
    return `grant ${grant.id}: nobody approves a grant of its own`;
  const own = persons.some((one) => one.party === officer.party);
  const other = persons.some((one) => one.party !== officer.party);
  if (!own || !other) return `grant ${grant.id}: it takes two persons, one from each side`;
  return grant.from < grant.until ? undefined : `grant ${grant.id}: it ends before it begins`;
}
