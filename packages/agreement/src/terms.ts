import type { AgreementId, DataMode, EquivalenceRow, ItemKind, PartyId, PolicyId } from '@concord/label';
import type { Area } from './area.ts';
import type { Obligations } from './obligations.ts';

/** The terms of one version of an agreement: immutable, and the one tree that every compiler reads. */
export interface Terms {
  readonly id: AgreementId;
  readonly version: number;
  readonly title: string;
  readonly parties: readonly Party[];
  readonly authority: { readonly name: string; readonly quorum: 'all' | number };
  /** Milliseconds UTC; in force from the first instant up to, not at, the last. */
  readonly inForce: { readonly from: number; readonly until: number };
  readonly equivalence: readonly EquivalenceRow[];
  readonly areas: readonly Area[];
  readonly assurances: readonly Assurance[];
  readonly clauses: readonly Clause[];
  readonly never: readonly Never[];
  readonly thirdParties: 'never' | 'originator-consent';
}

export interface Party {
  readonly id: PartyId;
  readonly name: string;
  readonly policy: PolicyId;
}

/** A permission: what one party lets another have, and in which form. */
export interface Clause {
  readonly id: string;
  readonly from: PartyId;
  readonly to: PartyId;
  readonly covers: readonly ItemKind[];
  /** Highest level, in the originator's own classification. */
  readonly ceiling: string;
  /** Name of an area of the agreement; absent, anywhere. */
  readonly within?: string;
  /** Absent or empty, any purpose that the reader's grant has. */
  readonly purposes: readonly string[];
  /** Absent, every data mode. */
  readonly dataModes?: readonly DataMode[];
  readonly obligations: Obligations;
}

/** A promise. While it is not live (lapsed or breached) the clauses named do not permit anything. */
export interface Assurance {
  readonly id: string;
  readonly by: PartyId;
  readonly to: PartyId;
  readonly text: string;
  /** It lapses when it was not confirmed for this many milliseconds. */
  readonly review?: number;
  readonly suspends: readonly string[];
}

export const DOORS = ['api', 'live', 'file'] as const;
/** By which way data leave: an answer to a query, a live stream, a file. */
export type Door = (typeof DOORS)[number];

/** A line of `never`: what is not released, whatever the clauses say. */
export interface Never {
  readonly release:
    | { readonly caveat: string }
    | { readonly above: string }
    | { readonly kind: ItemKind }
    | { readonly originator: PartyId }
    | { readonly dataMode: DataMode };
  readonly to: PartyId | 'any-other-party';
  readonly by?: Door;
  /** As it stands in the text, for reasons and reports. */
  readonly says: string;
}
