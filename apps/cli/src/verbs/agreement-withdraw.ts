import { oneWord, post, reasonOf, versionPath } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `agreement withdraw AGREEMENT/NUMBER --reason TEXT --as OFFICER

Takes back your party's own draft or proposal before it is in force.

  --reason TEXT   why; it is recorded and told to all concerned

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${versionPath(word)}/withdraw`, { reason: reasonOf(values) });
}
