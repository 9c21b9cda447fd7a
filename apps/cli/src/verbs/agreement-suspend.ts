import { agreementPath, oneWord, post, reasonOf } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `agreement suspend AGREEMENT --reason TEXT --as OFFICER

Suspends an agreement at once; one party or the authority is enough. What is open under it is cut before the answer:
{epoch, at, cutoffs}. A version that is not in force yet loses its signatures.

  --reason TEXT   why; it is recorded and told to all concerned

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${agreementPath(word)}/suspend`, { reason: reasonOf(values) });
}
