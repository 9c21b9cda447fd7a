import type { Obligations } from '@concord/agreement';
import type { AgreementId, PartyId } from '@concord/label';
import { decide } from './decide.ts';
import type { ReleaseFacts, SubjectFacts } from './facts.ts';
import type { World } from './world.ts';

/** A node of the tree of rules and clauses behind a verdict. */
export interface Reason {
  readonly rule: string;
  readonly outcome: 'pass' | 'permit' | 'deny';
  readonly says: string;
  readonly agreement?: AgreementId;
  readonly clause?: string;
  readonly obligations?: Obligations;
  readonly children?: readonly Reason[];
}

export const passed = (rule: string): Reason => ({ rule, outcome: 'pass', says: '' });
export const refused = (rule: string, says: string): Reason => ({ rule, outcome: 'deny', says });

/** The whole reason for a verdict: for those who own the item and for the authority. */
export function explain(world: World, item: ReleaseFacts, reader: SubjectFacts): Reason {
  const children: Reason[] = [];
  const release = decide(world, item, reader, children);
  return {
    rule: 'gate',
    outcome: release ? 'permit' : 'deny',
    says: release ? 'released' : 'not released',
    ...(release && { obligations: release.obligations }),
    children,
  };
}

/**
 * What a reader may know of a reason: nothing of agreements to which its party is no party, and of what was not
 * released nothing at all.
 */
export function forReader(reason: Reason, party: PartyId, world: World): Reason | undefined {
  if (reason.rule === 'gate' && reason.outcome === 'deny') return undefined;
  if (reason.agreement !== undefined) {
    const bound = world.agreements.some(
      ({ terms }) => terms.id === reason.agreement && terms.parties.some((one) => one.id === party),
    );
    if (!bound) return undefined;
  }
  const children = reason.children?.flatMap((one) => forReader(one, party, world) ?? []);
  return { ...reason, ...(children && { children }) };
}
