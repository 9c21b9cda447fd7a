import type { Assurance } from '@concord/agreement';
import type { ClauseCase, Rule } from '../rule.ts';

/** Whether a clause rests on account of an assurance: a lapse may be milder than a breach, the unknown never is. */
function rests({ agreement, clause }: ClauseCase, { id, suspends, lapseSuspends }: Assurance): boolean {
  const standing = agreement.assurances.get(id);
  if (standing === 'live') return false;
  const atLapse = (lapseSuspends ?? suspends).includes(clause.id);
  return standing === 'lapsed' ? atLapse : atLapse || suspends.includes(clause.id);
}

/** Every assurance on which the clause depends is live, or has lapsed without effect on it. */
export const assurance: Rule<ClauseCase> = {
  name: 'assurance',
  permits: (c) => !c.agreement.terms.assurances.some((one) => rests(c, one)),
  says: (c) => {
    const broken = c.agreement.terms.assurances.filter((one) => rests(c, one));
    return `clause ${c.clause.id} rests while ${broken.map((one) => one.id).join(', ')} is not live`;
  },
};
