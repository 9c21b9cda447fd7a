import { lintClauses } from './lint-clauses.ts';
import { lintTable } from './lint-table.ts';
import { lintDates, lintUnused } from './lint-terms.ts';
import { type Reading, type ReadOptions, readingOf, readPlaced } from './read.ts';
import { impliedPolicies } from './read-parties.ts';

export interface CheckOptions extends ReadOptions {
  /** Milliseconds UTC: what lies before has passed. */
  readonly now: number;
}

/**
 * Reads an agreement and says besides, as warnings, what can be executed and is hardly meant: clauses that match
 * nothing, that others swallow or that a `never` line forbids, rows that raise a level, dates that have passed.
 */
export function checkAgreement(text: string, options: CheckOptions): Reading {
  const { root, terms, places } = readPlaced(text, options);
  if (terms) {
    const policies = options.policies ?? impliedPolicies(terms);
    lintTable(terms, places, options.policies);
    lintClauses(terms, places, policies);
    lintDates(terms, places, options.now);
    lintUnused(terms, places);
  }
  return readingOf(root, terms);
}
