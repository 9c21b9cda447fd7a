/** Names that must not be confused with one another: branded strings, checked where they enter. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type PartyId = Branded<'PartyId'>;
export type OfficerId = Branded<'OfficerId'>;
export type PolicyId = Branded<'PolicyId'>;
export type StreamId = Branded<'StreamId'>;
export type AgreementId = Branded<'AgreementId'>;
export type GrantId = Branded<'GrantId'>;

const word = /^[a-z][a-z0-9-]{0,62}$/;

/** A short name: lower case letters, digits and hyphens, 63 at most, a letter first. */
export const isShortName = (text: string): boolean => word.test(text);

/** A party's short name: lower case letters, digits and hyphens, as in an agreement's `parties`. */
export const isPartyId = (text: string): text is PartyId => word.test(text);

/** An agreement's short name, of the same form as a party's. */
export const isAgreementId = (text: string): text is AgreementId => word.test(text);

/** `name@party`. */
export const isOfficerId = (text: string): text is OfficerId =>
  /^[a-z][a-z0-9.-]{0,62}@[a-z][a-z0-9-]{0,62}$/.test(text);

/** The party for which an officer acts: what follows the `@`. */
export const partyOf = (officer: OfficerId): PartyId => officer.slice(officer.indexOf('@') + 1) as PartyId;

/** `party/feed/kind`: whose it is, where it came from, what it carries; one kind a stream. */
export const streamId = (party: PartyId, feed: string, kind: string): StreamId =>
  `${party}/${feed}/${kind}` as StreamId;
