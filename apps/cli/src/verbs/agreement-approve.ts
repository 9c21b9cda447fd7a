import { oneWord, post, versionPath } from '../act.ts';
import { clientUsage } from '../client-options.ts';

export const usage = `agreement approve AGREEMENT/NUMBER --as OFFICER

Approves a version for the authority, once all parties have signed. With the quorum it is checked (its findings, its
guarantees, every verdict against Cedar) and put in force, or refused with reasons.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, word } = oneWord(args);
  return await post(values, `${versionPath(word)}/approvals`);
}
