import { agreementPath, oneWord, post } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `agreement resume AGREEMENT --as OFFICER

Agrees that a suspended agreement goes on. It does when every party and the quorum of the authority have.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${agreementPath(word)}/resume`);
}
