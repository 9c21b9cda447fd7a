import { oneWord, post, wordOf } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `grant revoke GRANT [--reason TEXT] --as OFFICER

Revokes a grant or a nomination; one person is enough. What is open under it is cut before the answer:
{epoch, at, cutoffs}.

  --reason TEXT   why; it is recorded and told to all concerned

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `/api/grants/${wordOf(word)}/revoke`, { reason: values.reason ?? '' });
}
