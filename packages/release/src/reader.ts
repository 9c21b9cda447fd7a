import type { Door } from '@concord/agreement';
import type { SubjectFacts } from '@concord/gate';
import type { OfficerId, PartyId } from '@concord/label';
import { ReleaseError } from './error.ts';

/** The facts of an officer that do not depend on the session: what the authority keeps up to date. */
export type OfficerFacts = Omit<SubjectFacts, 'purposes' | 'door'>;

/** Who asks, by which door and for what. */
export interface Principal {
  readonly officer: OfficerId;
  readonly party: PartyId;
  readonly door: Door;
  /** Purposes stated; empty, all those of the grants. */
  readonly purposes: readonly string[];
}

/** A subject class that has no cells: everything is denied to it. */
export const NOBODY = 0;

/**
 * A reader with something open: a query, a stream. It pins the state of the policy at which it was admitted; whoever
 * is about to hand bytes to its socket calls `check` in the same turn.
 */
export class Reader {
  readonly principal: Principal;
  /** Changes at once, to NOBODY, when the officer is held. */
  subjectClass: number;
  /** Counts changes of the verdicts that concern this reader. */
  version = 0;
  readonly #abort = new AbortController();
  #closed = false;
  readonly #onClose: (reader: Reader) => void;

  constructor(principal: Principal, subjectClass: number, onClose: (reader: Reader) => void) {
    this.principal = principal;
    this.subjectClass = subjectClass;
    this.#onClose = onClose;
  }

  /** Aborted when the reader is held or closed: queries under way end. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** @throws ReleaseError `cut-off` once what was decided for this version no longer holds */
  check(version: number): void {
    if (this.#closed || this.version !== version)
      throw new ReleaseError('cut-off', 'what you may have has changed');
  }

  /** Denies everything from this turn on. */
  hold(): void {
    this.subjectClass = NOBODY;
    this.version++;
    this.onHold?.();
  }

  /** Ends what cannot go on under changed verdicts. */
  abort(): void {
    this.#abort.abort(new ReleaseError('cut-off', 'what you may have has changed'));
  }

  /** Called in the same turn as `hold`; a live session drops what it has not sent. */
  onHold: (() => void) | undefined;

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.abort();
    this.#onClose(this);
  }
}
