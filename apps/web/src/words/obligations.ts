import type { Obligations, Permission } from '../api/contract.ts';
import { age, durationMs } from '../format/time.ts';
import { say } from './say.ts';

/** Short words for each obligation, for chips. */
export function obligationChips(obligations: Obligations): string[] {
  const chips: string[] = [];
  if (obligations.position !== undefined)
    chips.push(say('obligation.cell', { res: obligations.position.h3 }));
  if (obligations.delay !== undefined) chips.push(say('obligation.late', { by: late(obligations.delay) }));
  if (obligations.drop !== undefined && obligations.drop.length > 0) {
    chips.push(say('obligation.drop', { fields: obligations.drop.join(', ') }));
  }
  return chips;
}

/** A sentence for each obligation that names the clause behind it. */
export function obligationSentences(obligations: Obligations, permissions: readonly Permission[]): string[] {
  const clauses = permissions.flatMap((it) => ('clause' in it ? [it.clause] : []));
  const clause =
    clauses.length === 0 ? say('obligation.terms') : say('obligation.clause', { clause: clauses.join(', ') });
  const sentences: string[] = [];
  if (obligations.position !== undefined) {
    sentences.push(say('obligation.cell.why', { clause, res: obligations.position.h3 }));
  }
  if (obligations.delay !== undefined) {
    sentences.push(say('obligation.late.why', { clause, by: late(obligations.delay) }));
  }
  if (obligations.drop !== undefined && obligations.drop.length > 0) {
    sentences.push(say('obligation.drop.why', { clause, fields: obligations.drop.join(', ') }));
  }
  return sentences;
}

function late(delay: string): string {
  const ms = durationMs(delay);
  if (ms === undefined) return delay;
  return ms % 60_000 === 0 && ms < 100 * 60_000 ? say('obligation.minutes', { n: ms / 60_000 }) : age(ms);
}

/** The chips of several sets of obligations, each once. */
export const chipsOf = (all: readonly Obligations[]): string[] => [...new Set(all.flatMap(obligationChips))];
