import type { IncomingMessage } from 'node:http';
import type { Door } from '@concord/agreement';
import type { OfficerId, PartyId } from '@concord/label';
import type { Principal } from '@concord/release';

/** Who calls, as identity has established it. */
export interface Caller {
  readonly officer: OfficerId;
  readonly party: PartyId;
  readonly purposes: readonly string[];
  readonly via: 'cookie' | 'bearer';
  /** Session or token: when it ends, what is open under it ends. */
  readonly key: string;
  /** Milliseconds UTC. */
  readonly expiresAt: number;
  /** To be sent back as `x-csrf-token` with whatever changes something, where a cookie speaks. */
  readonly csrf?: string;
}

/** What the doors need of identity. */
export interface Callers {
  /** Undefined where nobody is signed in or the credential is not good. */
  authenticate(request: IncomingMessage): Promise<Caller | undefined>;
  /** Whether the credential still holds: asked in the turn in which something is opened under it. */
  isLive(caller: Caller): boolean;
  /** Calls back once when the session or token ends before its time; gives back how to stop listening. */
  onEnd(key: string, listener: () => void): () => void;
}

export const principal = (caller: Caller, door: Door): Principal => ({
  officer: caller.officer,
  party: caller.party,
  door,
  purposes: caller.purposes,
});
