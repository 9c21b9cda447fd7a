import type { AgreementId, DataMode, EquivalenceRow, ItemKind, PartyId, PolicyId } from '@concord/label';
import type { Area } from './area.ts';
import type { DutyTerms } from './duty-terms.ts';
import type { Obligations } from './obligations.ts';

/** The terms of one version of an agreement: immutable, and the one tree that every compiler reads. */
export interface Terms extends DutyTerms {
  readonly id: AgreementId;
  readonly version: number;
  readonly title: string;
  readonly parties: readonly Party[];
  readonly authority: { readonly name: string; readonly quorum: 'all' | number };
  /** Milliseconds UTC; in force from the first instant up to, not at, the last. */
  readonly inForce: Validity;
  readonly equivalence: readonly EquivalenceRow[];
  /** Rows of the table that hold in one direction only. */
  readonly oneWay?: readonly OneWay[];
  /** What a level without a row counts as; absent, it reaches nobody. */
  readonly missingLevels?: 'next-higher';
  /** The agreement under which this one stands. */
  readonly parent?: Reference;
  readonly annexes?: readonly Reference[];
  /** What is outside is released under no clause of the agreement. */
  readonly scope?: Scope;
  readonly access?: readonly Access[];
  readonly areas: readonly Area[];
  readonly assurances: readonly Assurance[];
  readonly clauses: readonly Clause[];
  readonly never: readonly Never[];
  readonly thirdParties: 'never' | 'originator-consent';
  /** Consents of originators without a clause, on record elsewhere. */
  readonly consents?: readonly Consent[];
  /** What each side lets the other have is reported side by side, and nothing depends on it. */
  readonly reciprocity?: 'reported';
}

/** When an agreement holds. Instants in milliseconds UTC, periods in milliseconds. */
export interface Validity {
  /** In force from the first instant up to, not at, the last. */
  readonly from: number;
  readonly until: number;
  /** Goes on for another period each time, unless a party has given notice so long before. */
  readonly renewal?: { readonly period: number; readonly unlessNotice: number };
  /** A party may leave: the agreement ends so long after its notice. */
  readonly notice?: number;
  readonly survives?: readonly Survivor[];
}

export const SURVIVORS = ['never', 'third-parties', 'recall', 'incidents', 'disputes'] as const;
/** What binds the parties after the end. */
export type Survivor = (typeof SURVIVORS)[number];

/** Another document, by what it is called and what it says. */
export interface Reference {
  readonly reference: string;
  readonly title: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly digest?: string;
}

/** A row of the table of equivalence (its position) that holds for data of `from` and clearances of `to`. */
export interface OneWay {
  readonly row: number;
  readonly from: PolicyId;
  readonly to: PolicyId;
}

/** The limits of a whole agreement. */
export interface Scope {
  /** By originator, in its own policy; a party without one has no ceiling here. */
  readonly ceilings: readonly { readonly party: PartyId; readonly level: string }[];
  /** Tag sets of restrictive and permissive categories; absent, any. */
  readonly categories?: readonly string[];
  /** Names of areas, in one of which an item lies; absent, anywhere. */
  readonly areas?: readonly string[];
  readonly dataModes?: readonly DataMode[];
  /** No party owes another any item; the one thing that can be said. */
  readonly dutyToExchange?: 'none';
}

/** What a party's officers need beside a clearance that reaches the item. */
export interface Access {
  readonly party: PartyId;
  /** In the party's own policy. */
  readonly minimum?: string;
  /** The home authority has confirmed the clearance within so many milliseconds. */
  readonly confirmation?: number;
  /** Nationalities that may receive; an officer of another, or of none that is known, is refused. */
  readonly nationals?: readonly string[];
}

/** An originator's consent, on record under a reference, that items of these kinds go to a party. */
export interface Consent {
  readonly reference: string;
  readonly originator: PartyId;
  readonly to: PartyId;
  readonly kinds: readonly ItemKind[];
}

export interface Party {
  readonly id: PartyId;
  readonly name: string;
  readonly policy: PolicyId;
  /** Its competent security authority. */
  readonly securityAuthority?: string;
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
  /** Milliseconds UTC: it permits nothing before. */
  readonly embargo?: number;
  /** Copies that the receiver may make beside the one that it was given. */
  readonly copies?: number;
  /** Milliseconds after receipt by which every copy is destroyed. */
  readonly hold?: number;
}

/** A promise. While it is breached, or nobody knows, the clauses named permit nothing. */
export interface Assurance {
  readonly id: string;
  readonly by: PartyId;
  readonly to: PartyId;
  readonly text: string;
  /** It lapses when it was not confirmed for this many milliseconds. */
  readonly review?: number;
  readonly suspends: readonly string[];
  /** Clauses that rest when it lapses; absent, the same as at a breach. At a breach they rest too. */
  readonly lapseSuspends?: readonly string[];
  /** Milliseconds UTC: not live before it was signed, nor from the instant at which it ends. */
  readonly signed?: number;
  readonly validUntil?: number;
}

export const DOORS = ['api', 'live', 'file'] as const;
/** By which way data leave: an answer to a query, a live stream, a file. */
export type Door = (typeof DOORS)[number];

/** What a line is about: all of it together, and at least one thing. */
export interface NeverSubject {
  readonly caveat?: string;
  readonly above?: string;
  readonly kind?: ItemKind;
  readonly originator?: PartyId;
  readonly dataMode?: DataMode;
  /** Name of an area: what may lie in it, which is all that is not known to lie clear of it. */
  readonly area?: string;
}

/** A line of `never`: what is not released, whatever the clauses say. */
export interface Never {
  readonly release: NeverSubject;
  readonly to: PartyId | 'any-other-party';
  readonly by?: Door;
  /** As it stands in the text, for reasons and reports. */
  readonly says: string;
}
