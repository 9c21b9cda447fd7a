import type { PartyId } from '@concord/label';
import {
  type Consent,
  complete,
  NO_CONSENT,
  type Quorum,
  quorate,
  withApproval,
  withParty,
} from '../consent.ts';
import type { Said, VersionAct, VersionEvent } from './event.ts';

export type Phase = 'draft' | 'proposed' | 'signed' | 'approved' | 'active' | 'withdrawn' | 'terminated';

/** What has become of a version: a pure fold over its events. */
export interface VersionState {
  readonly phase: Phase;
  /** Signatures and approvals; a narrowing of the agreement before it is active voids them. */
  readonly consent: Consent;
  readonly signatures: ReadonlyMap<PartyId, Said & { readonly jws: string }>;
  readonly activated?: Said;
  readonly suspended?: Said & { readonly reason: string };
  /** Who has agreed to go on since it was suspended. */
  readonly resume: Consent;
  readonly notice?: Said & { readonly reason: string; readonly effective: number };
  readonly ended?: Said & { readonly reason: string };
  /** Why it was not activated when that was last tried. */
  readonly refused?: readonly string[];
}

/** What the fold needs to know of the terms. */
export interface Ground {
  readonly parties: readonly PartyId[];
  readonly quorum: Quorum;
}

export const DRAFT: VersionState = {
  phase: 'draft',
  consent: NO_CONSENT,
  signatures: new Map(),
  resume: NO_CONSENT,
};

const over = ({ phase }: VersionState): boolean => phase === 'withdrawn' || phase === 'terminated';
const pending = ({ phase }: VersionState): boolean =>
  phase === 'proposed' || phase === 'signed' || phase === 'approved';

/** The phase that signatures and approvals make. */
function phaseOf(consent: Consent, { parties, quorum }: Ground): Phase {
  if (!parties.every((one) => consent.parties.has(one))) return 'proposed';
  return quorate(consent, quorum) ? 'approved' : 'signed';
}

/** Whether an act has a place in the life of a version as it stands now, whoever does it. */
export function fits(state: VersionState, act: VersionAct, ground: Ground): boolean {
  if (over(state)) return false;
  switch (act.kind) {
    case 'proposed':
      return state.phase === 'draft';
    case 'withdrawn':
      return state.phase === 'draft' || pending(state);
    case 'signed':
      return pending(state) && ground.parties.includes(act.party);
    case 'approved':
      // The authority approves what the parties have signed, not what they may yet sign.
      return state.phase === 'signed';
    case 'activated':
    case 'refused':
      return state.phase === 'approved';
    case 'suspended':
    case 'terminated':
      return state.phase === 'active' || pending(state);
    case 'notice':
      return (
        state.phase === 'active' && (state.notice === undefined || act.effective < state.notice.effective)
      );
    case 'resume':
      return (
        state.suspended !== undefined &&
        state.phase === 'active' &&
        (act.party === undefined ? act.board !== undefined : ground.parties.includes(act.party))
      );
  }
}

/** The state after an event; the same state where the event has no place in it. */
export function advance(state: VersionState, event: VersionEvent, ground: Ground): VersionState {
  if (!fits(state, event, ground)) return state;
  const said: Said = { by: event.by, at: event.at };
  switch (event.kind) {
    case 'proposed':
      return { ...state, phase: 'proposed' };
    case 'withdrawn':
      return { ...state, phase: 'withdrawn', ended: { ...said, reason: event.reason } };
    case 'signed': {
      const consent = withParty(state.consent, event.party);
      const signatures = new Map(state.signatures).set(event.party, { ...said, jws: event.jws });
      return { ...state, consent, signatures, phase: phaseOf(consent, ground) };
    }
    case 'approved': {
      const consent = withApproval(state.consent, event.by, event.board);
      return { ...state, consent, phase: phaseOf(consent, ground) };
    }
    case 'activated': {
      const { refused: _, ...rest } = state;
      return { ...rest, phase: 'active', activated: said };
    }
    case 'refused':
      return { ...state, refused: event.reasons };
    case 'suspended':
      return suspended(state, { ...said, reason: event.reason });
    case 'resume':
      return resumed(state, event, ground);
    case 'notice':
      return { ...state, notice: { ...said, reason: event.reason, effective: event.effective } };
    case 'terminated':
      return state.phase === 'active'
        ? { ...state, phase: 'terminated', ended: { ...said, reason: event.reason } }
        : voided(state);
  }
}

/** What was agreed before a narrowing is not agreed after it: sign and approve anew. */
const voided = (state: VersionState): VersionState => ({
  ...state,
  phase: 'proposed',
  consent: NO_CONSENT,
  signatures: new Map(),
});

const suspended = (state: VersionState, why: NonNullable<VersionState['suspended']>): VersionState =>
  state.phase === 'active' ? { ...state, suspended: why, resume: NO_CONSENT } : voided(state);

function resumed(
  state: VersionState,
  event: VersionEvent & { readonly kind: 'resume' },
  ground: Ground,
): VersionState {
  const resume =
    event.party === undefined
      ? withApproval(state.resume, event.by, event.board ?? [])
      : withParty(state.resume, event.party);
  if (!complete(resume, ground.parties, ground.quorum)) return { ...state, resume };
  const { suspended: _, ...rest } = state;
  return { ...rest, resume: NO_CONSENT };
}

export const fold = (events: readonly VersionEvent[], ground: Ground): VersionState =>
  events.reduce((state, event) => advance(state, event, ground), DRAFT);
