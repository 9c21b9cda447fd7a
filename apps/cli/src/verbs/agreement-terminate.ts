import { agreementPath, oneWord, post, reasonOf } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `agreement terminate AGREEMENT --reason TEXT --as OFFICER

Ends an agreement at once and for good; one party or the authority is enough. What is open under it is cut before the
answer: {epoch, at, cutoffs}.

  --reason TEXT   why; it is recorded and told to all concerned

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${agreementPath(word)}/terminate`, { reason: reasonOf(values) });
}
