import type { Door } from '@concord/agreement';
import type { AgreementId, Category, DataMode, ItemKind, PartyId, PolicyId } from '@concord/label';

/** `normal`; `embargoed`, not yet for others; `recalled` by its originator. */
export type ItemState = 'normal' | 'embargoed' | 'recalled';

/**
 * The finite facts of an item on which a verdict depends. No times and no ids, so that few classes stand for many
 * items; interned, a small integer on the row and on the live message.
 */
export interface ReleaseFacts {
  readonly policy: PolicyId;
  readonly classification: string;
  readonly categories: readonly Category[];
  readonly caveats: readonly string[];
  readonly releasableTo?: readonly PartyId[];
  readonly purposes: readonly string[];
  readonly dataMode: DataMode;
  readonly kind: ItemKind;
  /** Sorted. */
  readonly originators: readonly PartyId[];
  /** Area versions: those it lies within, as itself (`hash`) and as its cell (`hash#7`), or clear of (`hash!`); sorted. */
  readonly areas: readonly string[];
  /** Parties for which every originator's consent is recorded; sorted. */
  readonly consents: readonly PartyId[];
  readonly state: ItemState;
}

/** A grant as far as verdicts depend on it: accepted, valid now. */
export interface GrantFacts {
  readonly agreement: AgreementId;
  /** A level of the reader's own policy, confirmed by the home authority. */
  readonly level: string;
  /** `tagSet:value`, sorted. */
  readonly compartments: readonly string[];
  readonly purposes: readonly string[];
  /** The home authority's confirmation of it is as fresh as the agreement asks; absent, it is not known to be. */
  readonly confirmed?: true;
}

/**
 * `release-authority` binds its party (drafts, signatures, acceptance of grants); `security-officer` speaks for it
 * where something ends and nominates; `authority` sits on the board of the supervising authority.
 */
export const ROLES = [
  'officer',
  'engineer',
  'authority',
  'service',
  'release-authority',
  'security-officer',
] as const;
export type Role = (typeof ROLES)[number];
/** The roles on which some verdict depends: no other belongs in a subject class, or it would multiply them. */
export const VERDICT_ROLES: readonly Role[] = ['officer', 'engineer', 'service'];

/** The finite facts of a reader; interned likewise. */
export interface SubjectFacts {
  readonly party: PartyId;
  readonly roles: readonly Role[];
  readonly nationality?: string;
  /** Clearance in the own party's policy, for what the own party originated. */
  readonly home: { readonly level: string; readonly compartments: readonly string[] };
  readonly grants: readonly GrantFacts[];
  /** Purposes stated for this session; empty, all those of the grants. */
  readonly purposes: readonly string[];
  readonly door: Door;
}

/** Equal facts have equal keys. */
export const releaseKey = (f: ReleaseFacts): string =>
  JSON.stringify([
    f.policy,
    f.classification,
    f.categories.map((one) => [one.tagSet, one.type, one.values]),
    f.caveats,
    f.releasableTo ?? null,
    f.purposes,
    f.dataMode,
    f.kind,
    f.originators,
    f.areas,
    f.consents,
    f.state,
  ]);

/** Equal facts have equal keys. */
export const subjectKey = (f: SubjectFacts): string =>
  JSON.stringify([
    f.party,
    f.roles,
    f.nationality ?? null,
    [f.home.level, f.home.compartments],
    f.grants.map((g) => [g.agreement, g.level, g.compartments, g.purposes, ...(g.confirmed ? [true] : [])]),
    f.purposes,
    f.door,
  ]);
