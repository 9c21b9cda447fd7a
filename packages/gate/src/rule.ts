import type { Clause } from '@concord/agreement';
import type { AgreementId, PartyId } from '@concord/label';
import type { GrantFacts, ReleaseFacts, SubjectFacts } from './facts.ts';
import type { Reason } from './reason.ts';
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

/** The same for an originator that has no clause to the reader's party. */
export interface ThirdPartyCase extends OriginatorCase {
  /** The agreements under which clauses of other originators let the item go to the reader. */
  readonly carriers: readonly AgreementState[];
}

/** The same under one agreement; `grant` is a grant of the reader's under it, undefined where there is none. */
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
  /** The agreement from which a denial comes, where the case is not under one already. */
  readonly source?: (c: Case) => AgreementId | undefined;
}

/** What a rule that denies has to say. */
export function refusal<Case>(rule: Rule<Case>, c: Case): Reason {
  const agreement = rule.source?.(c);
  return { rule: rule.name, outcome: 'deny', says: rule.says(c), ...(agreement && { agreement }) };
}

/** True where every rule permits. Collects every outcome where `trace` is given, else stops at the first denial. */
export function check<Case>(rules: readonly Rule<Case>[], c: Case, trace: Reason[] | undefined): boolean {
  if (!trace) return rules.every((rule) => rule.permits(c));
  let fine = true;
  for (const rule of rules) {
    const permits = rule.permits(c);
    trace.push(permits ? { rule: rule.name, outcome: 'pass', says: '' } : refusal(rule, c));
    fine &&= permits;
  }
  return fine;
}
