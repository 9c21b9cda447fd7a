import {
  clauseInWords,
  DELAY_LADDER,
  type Obligations,
  obligationsInWords,
  type Terms,
} from '@concord/agreement';
import type { Reason, Release } from '@concord/gate';

/** Obligations as an agreement writes them. */
const obligationsJson = ({ position, delay, drop }: Obligations): object => ({
  ...(position && { position }),
  ...(delay && { delay: DELAY_LADDER[delay].text }),
  ...(drop && { drop }),
});

/** A verdict as it is printed. */
export function verdictJson(release: Release | undefined): object {
  if (!release) return { verdict: 'deny' };
  const { obligations, permits } = release;
  return {
    verdict: 'release',
    obligations: obligationsJson(obligations),
    form: obligationsInWords(obligations),
    permits,
  };
}

/** Why an item is released: its clauses in words. */
export const whyReleased = ({ permits }: Release, terms: Terms): string[] =>
  permits.map((one) => {
    if ('home' in one) return `${one.home} originated it`;
    const clause = terms.clauses.find((each) => each.id === one.clause);
    return clause ? `${clause.id}: ${clauseInWords(clause, terms)}` : one.clause;
  });

/** Why it is not: every rule that denies, with its clause. */
export function whyDenied(reason: Reason, under?: string): string[] {
  const { rule, outcome, says, clause, children } = reason;
  if (outcome !== 'deny' && rule !== 'agreement') return [];
  const place = clause ?? under;
  if (children && children.length > 0) return [...new Set(children.flatMap((one) => whyDenied(one, place)))];
  if (children) return [`${says}: no clause leads to the reader's party`];
  return outcome === 'deny' ? [place === undefined ? says : `${place}: ${says}`] : [];
}
