import { post, versionPath } from '../act.ts';
import { readText } from '../agreement/files.ts';
import { clientOptions, clientUsage } from '../client-options.ts';
import { options, UsageError } from '../verb.ts';

export const usage = `agreement hand-in AGREEMENT/NUMBER SIGNATURE --as OFFICER

Hands in your party's signature over a version, as concord agreement sign has made it. SIGNATURE is its file.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, clientOptions);
  const [word, file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new UsageError('agreement hand-in takes AGREEMENT/NUMBER and the file of a signature');
  return await post(values, `${versionPath(word)}/signatures`, { jws: (await readText(file)).trim() });
}
