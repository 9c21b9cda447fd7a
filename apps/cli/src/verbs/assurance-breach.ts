import { assurancePath, oneWord, post, reasonOf } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `assurance breach AGREEMENT/NAME --reason TEXT --as OFFICER

Tells that an assurance given to your party was breached; the authority may as well. The clauses that rest on it are cut
before the answer: {epoch, at, cutoffs}.

  --reason TEXT   why; it is recorded and told to all concerned

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${assurancePath(word)}/breach`, { reason: reasonOf(values) });
}
