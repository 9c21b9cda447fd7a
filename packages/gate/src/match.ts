import type { Clause } from '@concord/agreement';
import type { AgreementId } from '@concord/label';
import type { GrantFacts } from './facts.ts';
import type { Reason } from './reason.ts';
import { type AgreementCase, type ClauseCase, check, type OriginatorCase } from './rule.ts';
import { AGREEMENT_RULES, CLAUSE_RULES } from './rules/index.ts';
import { type Path, pathsBetween } from './world.ts';

const NO_GRANT: readonly undefined[] = [undefined];

function grantsUnder(c: OriginatorCase, agreement: AgreementId): readonly (GrantFacts | undefined)[] {
  const grants = c.reader.grants.filter((one) => one.agreement === agreement);
  return grants.length > 0 ? grants : NO_GRANT;
}

/**
 * The clauses that permit the item to leave this originator for the reader, each with the grant on which it rests;
 * of several grants under one agreement any one suffices, but each for itself.
 */
export function matches(c: OriginatorCase, trace: Reason[] | undefined): ClauseCase[] {
  const found: ClauseCase[] = [];
  for (const { agreement, clauses } of pathsBetween(c.world, c.originator, c.reader.party)) {
    const asked: readonly Clause[] = trace
      ? clauses
      : clauses.filter((one) => one.covers.includes(c.item.kind));
    if (asked.length === 0) continue;
    for (const grant of grantsUnder(c, agreement.terms.id)) {
      const { world, item, reader, originator } = c;
      const under: AgreementCase = { world, item, reader, originator, agreement, grant };
      const holds = trace ? tracedAgreement(under, trace) : check(AGREEMENT_RULES, under, undefined);
      if (!holds && !trace) continue;
      for (const clause of asked) {
        const cell = clause.obligations.position?.h3;
        const one: ClauseCase = { world, item, reader, originator, agreement, grant, clause, cell };
        const permits = trace ? tracedClause(one, holds, trace) : check(CLAUSE_RULES, one, undefined);
        if (permits) found.push(one);
      }
    }
  }
  return found;
}

function tracedAgreement(c: AgreementCase, trace: Reason[]): boolean {
  const children: Reason[] = [];
  const { id, title } = c.agreement.terms;
  const holds = check(AGREEMENT_RULES, c, children);
  trace.push({ rule: 'agreement', outcome: holds ? 'pass' : 'deny', says: title, agreement: id, children });
  return holds;
}

function tracedClause(c: ClauseCase, holds: boolean, trace: Reason[]): boolean {
  const children: Reason[] = [];
  const { id, obligations } = c.clause;
  const permits = check(CLAUSE_RULES, c, children) && holds;
  trace.push({
    rule: 'clause',
    outcome: permits ? 'permit' : 'deny',
    says: `clause ${id}`,
    agreement: c.agreement.terms.id,
    clause: id,
    obligations,
    children,
  });
  return permits;
}

/** True where some clause leads from the originator to the reader's party, whether it permits or not. */
export const isDirect = ({ world, originator, reader }: OriginatorCase): boolean =>
  pathsBetween(world, originator, reader.party).some(({ clauses }: Path) => clauses.length > 0);
