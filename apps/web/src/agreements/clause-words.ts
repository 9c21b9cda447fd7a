import type { Clause } from '../api/contract.ts';
import { obligationChips } from '../words/obligations.ts';
import { say, sayMaybe } from '../words/say.ts';

/** A clause as a sentence: the server's where it gives one, else made from its terms. */
export function clauseWords(clause: Clause, nameOf: (party: string) => string): string {
  if (clause.inWords !== undefined) return clause.inWords;
  const to = typeof clause.to === 'string' ? [clause.to] : clause.to;
  const parts = [
    say('clause.gives', {
      from: nameOf(clause.from),
      to: to.map(nameOf).join(', '),
      what: clause.covers.map((it) => sayMaybe(`kind.${it}`, it)).join(', '),
    }),
  ];
  if (clause.ceiling !== undefined) parts.push(say('clause.ceiling', { level: clause.ceiling }));
  if (clause.within !== undefined) parts.push(say('clause.within', { area: clause.within }));
  const purposes = clause.purposes ?? [];
  if (purposes.length > 0) {
    parts.push(
      say('clause.purposes', { purposes: purposes.map((it) => sayMaybe(`purpose.${it}`, it)).join(', ') }),
    );
  }
  const form = obligationChips(clause.obligations ?? {});
  if (form.length > 0) parts.push(say('clause.form', { form: form.join(', ') }));
  return `${parts.join(', ')}.`;
}
