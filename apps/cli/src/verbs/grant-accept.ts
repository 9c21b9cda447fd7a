import { oneWord, post, wordOf } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `grant accept GRANT --as OFFICER

Accepts a nomination for the other side; with the last party that must, the grant is in force. In an emergency
(broken glass) an officer of the authority may accept as well.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `/api/grants/${wordOf(word)}/accept`);
}
