import { post } from '../act.ts';
import { readText } from '../agreement/files.ts';
import { clientOptions, clientUsage } from '../client-options.ts';
import { options, UsageError } from '../verb.ts';

export const usage = `clearance hand-in CERTIFICATE --as OFFICER

Hands in a certificate of your party, as concord clearance issue has made it. CERTIFICATE is its file.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, clientOptions);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new UsageError('clearance hand-in takes the file of a certificate');
  return await post(values, '/api/clearances', { certificate: (await readText(file)).trim() });
}
