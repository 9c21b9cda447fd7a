import type { OfficerId, PartyId } from '@concord/label';
import type { Officer } from '../records.ts';
import type { VersionActKind } from './event.ts';

/** Who speaks for a party when something ends. */
export const speaks = ({ roles }: Officer): boolean =>
  roles.includes('release-authority') || roles.includes('security-officer');
export const binds = ({ roles }: Officer): boolean => roles.includes('release-authority');
export const isAuthority = ({ roles }: Officer): boolean => roles.includes('authority');

/** The officers of the authority: the board of which a quorum is counted. */
export const boardOf = (officers: Iterable<Officer>): OfficerId[] =>
  [...officers]
    .filter(isAuthority)
    .map((one) => one.id)
    .sort();

/**
 * Whether an officer may do this to a version between these parties. Narrowing takes one: any party or the authority.
 * What widens takes a release authority for each party, and the authority's quorum, which the fold counts.
 */
export function mayDo(
  who: Officer,
  kind: VersionActKind,
  { parties, drafter }: { readonly parties: readonly PartyId[]; readonly drafter: PartyId },
): boolean {
  const party = parties.includes(who.party);
  switch (kind) {
    case 'proposed':
    case 'withdrawn':
      return who.party === drafter && binds(who);
    case 'signed':
    case 'notice':
      return party && binds(who);
    case 'approved':
    case 'activated':
    case 'refused':
      return isAuthority(who);
    case 'suspended':
    case 'terminated':
      return isAuthority(who) || (party && speaks(who));
    case 'resume':
      return isAuthority(who) || (party && binds(who));
  }
}
