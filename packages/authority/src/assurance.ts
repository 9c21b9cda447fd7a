import { type Assurance, assuranceAt } from '@concord/agreement';
import type { AssuranceStanding } from '@concord/gate';
import type { OfficerId, PartyId } from '@concord/label';
import { type Consent, complete, NO_CONSENT, type Quorum, withApproval, withParty } from './consent.ts';
import type { Recorded } from './records.ts';

/** What has become of an assurance: a fold over what was recorded of it. */
export interface AssuranceState {
  /** When its giver last confirmed it, milliseconds UTC. */
  readonly confirmedAt?: number;
  readonly breached?: { readonly at: number; readonly by: OfficerId; readonly reason: string };
  /** Who has agreed since the breach that it holds again. */
  readonly restore: Consent;
}

export const UNTOUCHED: AssuranceState = { restore: NO_CONSENT };

/** What can be said of an assurance. */
export type AssuranceAct =
  /** By its giver. After a breach it is its giver's part in restoring it. */
  | { readonly kind: 'confirmed'; readonly party: PartyId }
  /** By its receiver or the authority. */
  | { readonly kind: 'breached'; readonly reason: string }
  /** The receiver, or an officer of the authority, agrees that it holds again. */
  | { readonly kind: 'restored'; readonly party?: PartyId; readonly board?: readonly OfficerId[] };

export type AssuranceEvent = AssuranceAct & { readonly at: number; readonly by: OfficerId };

export interface AssuranceGround {
  readonly by: PartyId;
  readonly to: PartyId;
  readonly quorum: Quorum;
}

export function advanceAssurance(
  state: AssuranceState,
  event: AssuranceEvent,
  { by: giver, to, quorum }: AssuranceGround,
): AssuranceState {
  if (event.kind === 'breached') {
    const breached = { at: event.at, by: event.by, reason: event.reason };
    return { ...state, breached: state.breached ?? breached, restore: NO_CONSENT };
  }
  if (event.kind === 'confirmed' && !state.breached) return { ...state, confirmedAt: event.at };
  if (!state.breached) return state;
  const restore =
    event.party === undefined
      ? withApproval(state.restore, event.by, 'board' in event ? (event.board ?? []) : [])
      : withParty(state.restore, event.party);
  return complete(restore, [giver, to], quorum)
    ? { confirmedAt: event.at, restore: NO_CONSENT }
    : { ...state, restore };
}

export const assuranceEvent = ({ at, by, kind, facts }: Recorded): AssuranceEvent =>
  ({ ...(facts as object), kind, at, by }) as AssuranceEvent;

/** Live, lapsed or breached at an instant; `since` is when the version that it stands in was activated. */
export function assuranceStanding(
  { confirmedAt, breached }: AssuranceState,
  assurance: Assurance,
  since: number,
  now: number,
): AssuranceStanding {
  const { id } = assurance;
  const confirmed = new Map([[id, Math.max(confirmedAt ?? since, since)]]);
  return assuranceAt(assurance, { confirmed, breached: breached ? [id] : [] }, now);
}

/** When it lapses by itself; undefined, never. */
export function lapsesAt(
  { confirmedAt }: AssuranceState,
  { review, validUntil }: Assurance,
  since: number,
): number | undefined {
  const stale = review === undefined ? Infinity : Math.max(confirmedAt ?? since, since) + review;
  const end = Math.min(stale, validUntil ?? Infinity);
  return Number.isFinite(end) ? end : undefined;
}
