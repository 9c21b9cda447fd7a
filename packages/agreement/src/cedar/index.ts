import type { Policies } from '@concord/label';
import { impliedPolicies } from '../read-parties.ts';
import type { Terms } from '../terms.ts';
import { cedarClause } from './clause.ts';
import { cedarHouse } from './house.ts';
import { cedarPromises } from './promise.ts';
import type { CedarPolicy } from './text.ts';

/**
 * An agreement as Cedar policies: a `permit` for each clause, a `forbid` for each `never` line, and what it says of
 * third parties. Levels are enumerated, never compared, so that an engine that knows nothing of ranks answers from
 * the same terms as our rules do.
 */
export function cedarAgreement(terms: Terms, policies: Policies): CedarPolicy[] {
  const clauses = terms.clauses.flatMap((clause) => cedarClause(terms, clause, policies) ?? []);
  return [...clauses, ...cedarPromises(terms, policies)];
}

/** All policies of a node: what holds on every node, and its agreements. */
export const cedarPolicies = (policies: Policies, agreements: readonly Terms[]): CedarPolicy[] => [
  ...cedarHouse(policies, agreements),
  ...agreements.flatMap((terms) => cedarAgreement(terms, policies)),
];

/** One agreement and what holds beside it as a text of Cedar policies, to be read and to be loaded. */
export function cedarText(terms: Terms, policies: Policies = impliedPolicies(terms)): string {
  return cedarPolicies(policies, [terms])
    .map(({ text }) => text)
    .join('\n');
}
