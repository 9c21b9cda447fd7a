import type { PartyId } from '@concord/label';
import { decide } from './decide.ts';
import type { ReleaseFacts, SubjectFacts } from './facts.ts';
import type { Reason } from './reason.ts';
import { bindsBoth, type World } from './world.ts';

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
 * released nothing at all, for a reason would say that there is something.
 */
export function forReader(reason: Reason, party: PartyId, world: World): Reason | undefined {
  return reason.rule === 'gate' && reason.outcome === 'permit' ? known(reason, party, world) : undefined;
}

function known(reason: Reason, party: PartyId, world: World): Reason | undefined {
  const { agreement } = reason;
  if (agreement !== undefined) {
    const bound = world.agreements.some(
      ({ terms }) => terms.id === agreement && bindsBoth(terms, party, party),
    );
    if (!bound) return undefined;
  }
  const children = reason.children?.flatMap((one) => known(one, party, world) ?? []);
  return { ...reason, ...(children && { children }) };
}
