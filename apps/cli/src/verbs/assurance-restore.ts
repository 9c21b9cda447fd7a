import { assurancePath, oneWord, post } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `assurance restore AGREEMENT/NAME --as OFFICER

Agrees, as its receiver or for the authority, that a breached assurance holds again. It does when its giver has
confirmed it, its receiver agrees and the quorum of the authority does.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${assurancePath(word)}/restore`);
}
