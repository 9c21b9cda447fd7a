import { agreementPath, oneWord, post } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `agreement close-incident AGREEMENT --as OFFICER

Agrees that an incident is over. When every party and the quorum of the authority have said so, what rested goes on.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${agreementPath(word)}/incidents/close`, {});
}
