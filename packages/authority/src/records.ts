import type { Terms } from '@concord/agreement';
import type { Role } from '@concord/gate';
import type { AgreementId, GrantId, OfficerId, PartyId } from '@concord/label';

/** An officer or service as its own party states it. */
export interface Officer {
  readonly id: OfficerId;
  readonly name: string;
  readonly party: PartyId;
  readonly roles: readonly Role[];
  readonly nationality?: string;
  /** Clearance in its own party's policy. */
  readonly home: { readonly level: string; readonly compartments: readonly string[] };
}

/** An officer's accepted clearance under an agreement. */
export interface Grant {
  readonly id: GrantId;
  readonly officer: OfficerId;
  readonly agreement: AgreementId;
  readonly level: string;
  readonly compartments: readonly string[];
  readonly purposes: readonly string[];
  /** Milliseconds UTC; valid from the first instant up to, not at, the last. */
  readonly from: number;
  readonly until: number;
  readonly sponsor: OfficerId;
  readonly approvedBy: readonly OfficerId[];
  readonly revoked?: { readonly at: number; readonly by: OfficerId };
}

export type GrantState = 'active' | 'not-yet' | 'expired' | 'revoked';

export const grantState = ({ from, until, revoked }: Grant, now: number): GrantState =>
  revoked ? 'revoked' : now < from ? 'not-yet' : now >= until ? 'expired' : 'active';

/** A version of an agreement that has been activated. */
export interface Agreement {
  readonly terms: Terms;
  readonly text: string;
  readonly digest: string;
  readonly suspended: boolean;
  /** When its assurances were last confirmed, milliseconds UTC. */
  readonly confirmedAt: number;
}

/** What is kept of the authority's decisions. */
export interface AuthorityStore {
  lastEpoch(): Promise<number>;
  addEpoch(epoch: number, at: number, change: Readonly<Record<string, unknown>>): Promise<void>;
  revokeGrant(id: GrantId, at: number, by: OfficerId, epoch: number, reason: string): Promise<void>;
}
