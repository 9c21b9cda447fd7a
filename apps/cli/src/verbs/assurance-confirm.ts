import { assurancePath, oneWord, post } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `assurance confirm AGREEMENT/NAME --as OFFICER

Confirms an assurance of your party: from now on it lives for its time of review. After a breach it is your part in
restoring it.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${assurancePath(word)}/confirm`);
}
