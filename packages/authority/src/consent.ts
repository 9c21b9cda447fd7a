import type { OfficerId, PartyId } from '@concord/label';

export type Quorum = 'all' | number;

/** Who has agreed to something that takes all: the parties, and officers of the authority out of a board. */
export interface Consent {
  readonly parties: ReadonlySet<PartyId>;
  readonly approvals: ReadonlySet<OfficerId>;
  /** As it was at the last approval. */
  readonly board: readonly OfficerId[];
}

export const NO_CONSENT: Consent = { parties: new Set(), approvals: new Set(), board: [] };

export const withParty = (consent: Consent, party: PartyId): Consent => ({
  ...consent,
  parties: new Set([...consent.parties, party]),
});

export const withApproval = (consent: Consent, by: OfficerId, board: readonly OfficerId[]): Consent => ({
  ...consent,
  approvals: new Set([...consent.approvals, by]),
  board,
});

/** A board that nobody sits on has no quorum, and nobody's approval outside it counts. */
export function quorate({ approvals, board }: Consent, quorum: Quorum): boolean {
  const seats = new Set(board);
  const count = [...seats].filter((one) => approvals.has(one)).length;
  return seats.size > 0 && count >= (quorum === 'all' ? seats.size : Math.max(1, quorum));
}

/** Widening takes all: every party, and the quorum of the authority. */
export const complete = (consent: Consent, parties: readonly PartyId[], quorum: Quorum): boolean =>
  parties.every((one) => consent.parties.has(one)) && quorate(consent, quorum);
