import { agreementPath, oneWord, post, reasonOf } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `agreement incident AGREEMENT --reason TEXT --as OFFICER

Reports a loss or compromise, or the suspicion of one: the parties and the authority are told at once.

  --reason TEXT   what has happened

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${agreementPath(word)}/incidents`, { says: reasonOf(values) });
}
