import type { OfficerId, PartyId } from '@concord/label';

/** What can happen to a version of an agreement after it has been drafted. */
export type VersionAct =
  | { readonly kind: 'proposed' }
  /** Its drafter takes it back before it is in force. */
  | { readonly kind: 'withdrawn'; readonly reason: string }
  /** By the party's key; the node checks it before it is recorded. */
  | { readonly kind: 'signed'; readonly party: PartyId; readonly jws: string }
  /** `board`: the authority's officers of that day; a quorum is counted among them. */
  | { readonly kind: 'approved'; readonly board: readonly OfficerId[] }
  /** Every check before activation was passed: in force from now or from the first instant of its terms. */
  | { readonly kind: 'activated' }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | { readonly kind: 'suspended'; readonly reason: string }
  /** Agrees that it goes on, for a party, or as an officer of the authority (then with the board). */
  | { readonly kind: 'resume'; readonly party?: PartyId; readonly board?: readonly OfficerId[] }
  /** It ends at that instant, milliseconds UTC. */
  | { readonly kind: 'notice'; readonly reason: string; readonly effective: number }
  | { readonly kind: 'terminated'; readonly reason: string };

export type VersionActKind = VersionAct['kind'];

/** Who did it and when. */
export interface Said {
  readonly by: OfficerId;
  /** Milliseconds UTC. */
  readonly at: number;
}

export type VersionEvent = Said & VersionAct;
