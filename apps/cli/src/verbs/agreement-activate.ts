import { oneWord, post, versionPath } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `agreement activate AGREEMENT/NUMBER --as OFFICER

Checks an approved version that was refused again, and puts it in force.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${versionPath(word)}/activate`);
}
