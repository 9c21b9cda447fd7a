import type { Clause } from '@concord/agreement';
import type { PartyId } from '@concord/label';
import type { GrantFacts, ReleaseFacts, SubjectFacts } from './facts.ts';
import type { AgreementState, World } from './world.ts';

/** An item and a reader. */
export interface ItemCase {
  readonly world: World;
  readonly item: ReleaseFacts;
  readonly reader: SubjectFacts;
}

/** The same for one of the item's originators. */
export interface OriginatorCase extends ItemCase {
  readonly originator: PartyId;
}

/** The same under one agreement; `grant` is the reader's grant under it, where there is one. */
export interface AgreementCase extends OriginatorCase {
  readonly agreement: AgreementState;
  readonly grant: GrantFacts | undefined;
}

/** The same under one clause; `cell` is the resolution at which the place is judged, undefined for the place itself. */
export interface ClauseCase extends AgreementCase {
  readonly clause: Clause;
  readonly cell: number | undefined;
}

/**
 * One small rule of the gate. It permits or it denies; a denial can be put in words. Whoever asks only for verdicts
 * never pays for the words.
 */
export interface Rule<Case> {
  readonly name: string;
  readonly permits: (c: Case) => boolean;
  /** Why it denies, in plain words. */
  readonly says: (c: Case) => string;
}
