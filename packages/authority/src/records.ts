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
  /** The certificate that it rests on; it is good for no longer than that. */
  readonly clearance?: string;
  /** In an emergency, without a certificate: why. */
  readonly breakGlass?: string;
  readonly revoked?: { readonly at: number; readonly by: OfficerId };
}

export type GrantState = 'active' | 'not-yet' | 'expired' | 'revoked';

export const grantState = ({ from, until, revoked }: Grant, now: number): GrantState =>
  revoked ? 'revoked' : now < from ? 'not-yet' : now >= until ? 'expired' : 'active';

/** Something that was decided, by whom and when: the record from which every state is folded. */
export interface Recorded {
  /** Random: what is written twice is there once. */
  readonly id: string;
  /** `version/…`, `grant/…`, `clearance/…`, `assurance/AGREEMENT/NAME`, `incident/AGREEMENT`. */
  readonly subject: string;
  readonly at: number;
  readonly by: OfficerId;
  readonly kind: string;
  readonly facts: unknown;
}

/** A version as it was drafted; it never changes. */
export interface Drafted {
  /** Random; two parties may draft the same number without knowing of each other. */
  readonly doc: string;
  readonly agreement: AgreementId;
  readonly version: number;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  readonly digest: string;
  readonly drafter: PartyId;
  readonly by: OfficerId;
  readonly at: number;
}

/** What is written together, or not at all. */
export interface Entry {
  readonly recorded?: readonly Recorded[];
  readonly drafted?: readonly Drafted[];
  readonly granted?: readonly Grant[];
  readonly revoked?: { readonly id: GrantId; readonly at: number; readonly by: OfficerId };
  readonly epoch?: { readonly n: number; readonly at: number; readonly change: unknown };
}

/** What is kept of the authority's decisions. */
export interface AuthorityStore {
  /** Durable, all or nothing, when it resolves. Done twice it is done once. */
  record(entry: Entry): Promise<void>;
}
