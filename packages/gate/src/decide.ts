import type { Obligations } from '@concord/agreement';
import type { AgreementId, PartyId } from '@concord/label';
import type { ReleaseFacts, SubjectFacts } from './facts.ts';
import { isDirect, matches } from './match.ts';
import type { Reason } from './reason.ts';
import { check, type ItemCase, type OriginatorCase } from './rule.ts';
import { FOREIGN_RULES, HOME_RULES, ITEM_RULES } from './rules/index.ts';
import { type Side, settle } from './settle.ts';
import type { World } from './world.ts';

/** What a release rests on: a clause of an agreement, or that the item is the reader's own party's. */
export type Permit =
  | { readonly agreement: AgreementId; readonly version: number; readonly clause: string }
  | { readonly home: PartyId };

/** Release in this form, for these reasons. */
export interface Release {
  readonly obligations: Obligations;
  readonly permits: readonly Permit[];
}

/**
 * The gate's answer for an item and a reader: undefined is deny, and so is whatever cannot be judged. Every originator must let the item go to the reader:
 * its own officers by their clearance, others by at least one clause, third parties by their consent. Several clauses
 * give the most restrictive join of their obligations. Pure; the words of `trace` cost nothing where it is left out.
 *
 * @param trace receives the outcome of every rule asked, in order
 */
export function decide(
  world: World,
  item: ReleaseFacts,
  reader: SubjectFacts,
  trace?: Reason[],
): Release | undefined {
  try {
    return judge(world, item, reader, trace);
  } catch (cause) {
    // Facts that are not what they should be, or a fault of ours: an error never leaves an earlier answer standing.
    trace?.push({ rule: 'gate', outcome: 'deny', says: `it cannot be judged: ${String(cause)}` });
    return undefined;
  }
}

function judge(
  world: World,
  item: ReleaseFacts,
  reader: SubjectFacts,
  trace: Reason[] | undefined,
): Release | undefined {
  const c: ItemCase = { world, item, reader };
  if (!check(ITEM_RULES, c, trace)) return undefined;
  const home: Permit[] = [];
  const sides: Side[] = [];
  let denied = false;
  for (const originator of item.originators) {
    const of: OriginatorCase = { world, item, reader, originator };
    const steps: Reason[] | undefined = trace && [];
    let fine: boolean;
    if (originator === reader.party) {
      fine = check(HOME_RULES, of, steps);
      home.push({ home: originator });
    } else {
      fine = check(FOREIGN_RULES, of, steps);
      const found = fine ? matches(of, steps) : [];
      const direct = isDirect(of);
      fine &&= found.length > 0 || !direct;
      sides.push({ of, found, direct });
    }
    if (!fine && !trace) return undefined;
    trace?.push({
      rule: 'originator',
      outcome: fine ? 'permit' : 'deny',
      says: `from ${originator}`,
      children: steps ?? [],
    });
    denied ||= !fine;
  }
  return denied ? undefined : settle(sides, home, trace);
}
