import { joinObligations, type Obligations } from '@concord/agreement';
import type { Permit, Release } from './decide.ts';
import type { Reason } from './reason.ts';
import { type ClauseCase, check, type OriginatorCase, refusal } from './rule.ts';
import { area } from './rules/area.ts';
import { THIRD_PARTY_RULES } from './rules/index.ts';
import { purpose, purposesServed } from './rules/purpose.ts';
import { scopeArea } from './rules/scope-area.ts';

/** One foreign originator of an item, and what permits the item to leave it. */
export interface Side {
  readonly of: OriginatorCase;
  readonly found: readonly ClauseCase[];
  /** False for a third party: no clause leads from it to the reader's party, so only its consent can count. */
  readonly direct: boolean;
}

/**
 * Puts the originators together: one form, one purpose, and consents only beside a clause. Where the joined cell is
 * coarser than a clause asked for, its area is judged again at the coarser cell, or the fact of release would say
 * more than the cell does; each originator still needs a clause that holds.
 */
export function settle(
  sides: readonly Side[],
  home: readonly Permit[],
  trace: Reason[] | undefined,
): Release | undefined {
  if (sides.length === 0) return home.length > 0 ? { obligations: {}, permits: home } : undefined;
  const obligations = sides
    .flatMap(({ found }) => found)
    .reduce((sum: Obligations, { clause }) => joinObligations(sum, clause.obligations), {});
  const cell = obligations.position?.h3;
  const settled = sides.map((side): Side => {
    const left = side.found.filter((c) => c.cell === cell || liesWithin({ ...c, cell }));
    return left.length === side.found.length ? side : { ...side, found: left };
  });
  const fine =
    settled.every((side) => !side.direct || staysWithin(side, cell, trace)) &&
    servesOnePurpose(settled, trace) &&
    settled.every((side) => side.direct || consents(side, settled, trace));
  return fine ? { obligations, permits: [...home, ...permitsOf(settled)] } : undefined;
}

const liesWithin = (c: ClauseCase): boolean => area.permits(c) && scopeArea.permits(c);

function staysWithin({ found, of }: Side, cell: number | undefined, trace: Reason[] | undefined): boolean {
  if (found.length > 0) return true;
  trace?.push({
    rule: area.name,
    outcome: 'deny',
    says: `its cell of resolution ${cell} does not lie within an area of ${of.originator}'s clauses`,
  });
  return false;
}

/** A release is for a purpose, and what stems from several originators must serve one that all of them allow. */
function servesOnePurpose(sides: readonly Side[], trace: Reason[] | undefined): boolean {
  let common: readonly string[] | undefined;
  for (const { found } of sides) {
    const served = found.map(purposesServed);
    // A third party has no clause, and a clause for any purpose does not narrow.
    if (found.length === 0 || served.includes(undefined)) continue;
    const all = served.flatMap((one) => one ?? []);
    common = common === undefined ? all : common.filter((one) => all.includes(one));
    if (common.length > 0) continue;
    trace?.push({
      rule: purpose.name,
      outcome: 'deny',
      says: 'none of your purposes serves the clauses of all its originators',
    });
    return false;
  }
  return true;
}

function consents({ of }: Side, sides: readonly Side[], trace: Reason[] | undefined): boolean {
  const carriers = [...new Set(sides.flatMap(({ found }) => found.map((one) => one.agreement)))];
  const c = { ...of, carriers };
  if (!trace) return check(THIRD_PARTY_RULES, c, undefined);
  const refused = THIRD_PARTY_RULES.filter((rule) => !rule.permits(c));
  trace.push(...refused.map((rule) => refusal(rule, c)));
  return refused.length === 0;
}

/** Each clause once, though several grants may carry it. */
function permitsOf(sides: readonly Side[]): Permit[] {
  const clauses = new Map(
    sides.flatMap(({ found }) => found.map(({ clause, agreement }) => [clause, agreement] as const)),
  );
  return [...clauses].map(([clause, { terms }]) => ({
    agreement: terms.id,
    version: terms.version,
    clause: clause.id,
  }));
}
