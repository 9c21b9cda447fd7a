import { joinObligations, type Obligations } from '@concord/agreement';
import type { AgreementId, PartyId } from '@concord/label';
import type { ReleaseFacts, SubjectFacts } from './facts.ts';
import { passed, type Reason, refused } from './reason.ts';
import type { AgreementCase, ClauseCase, ItemCase, OriginatorCase, Rule } from './rule.ts';
import {
  AGREEMENT_RULES,
  CLAUSE_RULES,
  FOREIGN_RULES,
  HOME_RULES,
  ITEM_RULES,
  THIRD_PARTY_RULES,
} from './rules/index.ts';
import { type AgreementState, pathsBetween, type World } from './world.ts';

/** What a release rests on: a clause of an agreement, or that the item is the reader's own party's. */
export type Permit =
  | { readonly agreement: AgreementId; readonly version: number; readonly clause: string }
  | { readonly home: PartyId };

/** Release in this form, for these reasons. */
export interface Release {
  readonly obligations: Obligations;
  readonly permits: readonly Permit[];
}

/** The first rule that denies, or undefined. Collects every outcome where `trace` is given. */
function check<Case>(rules: readonly Rule<Case>[], c: Case, trace: Reason[] | undefined): boolean {
  let fine = true;
  for (const rule of rules) {
    if (rule.permits(c)) {
      trace?.push(passed(rule.name));
    } else {
      if (!trace) return false;
      trace.push(refused(rule.name, rule.says(c)));
      fine = false;
    }
  }
  return fine;
}

interface Match {
  readonly c: ClauseCase;
  readonly obligations: Obligations;
}

/** The clauses that permit the item to leave this originator for the reader. */
function matches(c: OriginatorCase, trace: Reason[] | undefined): Match[] {
  const found: Match[] = [];
  const standing = new Map<AgreementState, boolean>();
  for (const { agreement, clause } of pathsBetween(c.world, c.originator, c.reader.party)) {
    if (!trace && !clause.covers.includes(c.item.kind)) continue;
    const grant = c.reader.grants.find((one) => one.agreement === agreement.terms.id);
    const under: AgreementCase = { ...c, agreement, grant };
    let holds = standing.get(agreement);
    if (holds === undefined) {
      const steps: Reason[] | undefined = trace && [];
      holds = check(AGREEMENT_RULES, under, steps);
      standing.set(agreement, holds);
      if (trace && steps)
        trace.push({
          rule: 'agreement',
          outcome: holds ? 'pass' : 'deny',
          says: agreement.terms.title,
          agreement: agreement.terms.id,
          children: steps,
        });
    }
    if (!holds && !trace) continue;
    const one: ClauseCase = { ...under, clause, cell: clause.obligations.position?.h3 };
    const steps: Reason[] | undefined = trace && [];
    const permits = check(CLAUSE_RULES, one, steps) && holds;
    if (trace && steps) {
      trace.push({
        rule: 'clause',
        outcome: permits ? 'permit' : 'deny',
        says: `clause ${clause.id}`,
        agreement: agreement.terms.id,
        clause: clause.id,
        obligations: clause.obligations,
        children: steps,
      });
    }
    if (permits) found.push({ c: one, obligations: clause.obligations });
  }
  return found;
}

/**
 * The gate's answer for an item and a reader: undefined is deny. Every originator must let the item go to the reader:
 * its own officers by their clearance, others by at least one clause. Several clauses give the most restrictive join
 * of their obligations. Pure; the words of `trace` cost nothing where it is left out.
 *
 * @param trace receives the outcome of every rule asked, in order
 */
export function decide(
  world: World,
  item: ReleaseFacts,
  reader: SubjectFacts,
  trace?: Reason[],
): Release | undefined {
  const c: ItemCase = { world, item, reader };
  if (!check(ITEM_RULES, c, trace)) return undefined;
  const permits: Permit[] = [];
  const found: Match[] = [];
  let denied = false;
  for (const originator of item.originators) {
    const of: OriginatorCase = { ...c, originator };
    const steps: Reason[] | undefined = trace && [];
    const fine = originator === reader.party ? fromHome(of, permits, steps) : fromAbroad(of, found, steps);
    if (trace && steps) {
      trace.push({
        rule: 'originator',
        outcome: fine ? 'permit' : 'deny',
        says: `from ${originator}`,
        children: steps,
      });
    }
    if (!fine && !trace) return undefined;
    denied ||= !fine;
  }
  if (denied) return undefined;
  return settle(found, permits, trace);
}

function fromHome(c: OriginatorCase, permits: Permit[], trace: Reason[] | undefined): boolean {
  if (!check(HOME_RULES, c, trace)) return false;
  permits.push({ home: c.originator });
  return true;
}

function fromAbroad(c: OriginatorCase, found: Match[], trace: Reason[] | undefined): boolean {
  if (!check(FOREIGN_RULES, c, trace)) return false;
  const clauses = matches(c, trace);
  found.push(...clauses);
  if (clauses.length > 0) return true;
  const hasPath = pathsBetween(c.world, c.originator, c.reader.party).length > 0;
  return !hasPath && check(THIRD_PARTY_RULES, c, trace);
}

/**
 * Joins the obligations. Where the join is coarser than a clause asked for, its area is judged again at the coarser
 * cell, or the fact of release would say more than the cell does; each originator still needs a clause that holds.
 */
function settle(
  found: readonly Match[],
  permits: Permit[],
  trace: Reason[] | undefined,
): Release | undefined {
  if (found.length === 0) return permits.length > 0 ? { obligations: {}, permits } : undefined;
  const obligations = found.reduce((sum: Obligations, one) => joinObligations(sum, one.obligations), {});
  const cell = obligations.position?.h3;
  const area = CLAUSE_RULES.find((rule) => rule.name === 'area')!;
  const left = found.filter(({ c }) => c.cell === cell || area.permits({ ...c, cell }));
  const originators = new Set(found.map(({ c }) => c.originator));
  for (const originator of originators) {
    if (left.some(({ c }) => c.originator === originator)) continue;
    trace?.push(refused('area', `its cell of resolution ${cell} does not lie within the area`));
    return undefined;
  }
  for (const { c } of left) {
    permits.push({
      agreement: c.agreement.terms.id,
      version: c.agreement.terms.version,
      clause: c.clause.id,
    });
  }
  return { obligations, permits };
}
