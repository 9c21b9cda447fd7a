import { versionPath } from '../act.ts';
import { readPolicies } from '../agreement/files.ts';
import { readVersion } from '../agreement/version-file.ts';
import { Api } from '../api.ts';
import { actingClient, clientOptions, clientUsage } from '../client-options.ts';
import { options, print, UsageError } from '../verb.ts';

export const usage = `agreement propose FILE --as OFFICER [--draft]

Hands a version in, with the files that it names, and proposes it to its parties. With --draft it stays a draft, which
your own party alone knows of; proposing it later needs no file: agreement propose AGREEMENT/NUMBER.

  --draft         keeps it as a draft
  --policy FILE   a classification policy, as for concord agreement check
${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...clientOptions,
    draft: { type: 'boolean', default: false },
    policy: { type: 'string', multiple: true },
  });
  const [word, ...more] = positionals;
  if (word === undefined || more.length > 0)
    throw new UsageError('agreement propose takes one file, or AGREEMENT/NUMBER of a draft');
  const { address, credential } = actingClient(values);
  const api = new Api(address, credential);
  let path: string;
  if (/^[a-z][a-z0-9-]*\/\d+$/.test(word)) path = versionPath(word);
  else {
    const { of } = await readVersion(word, await readPolicies(values.policy));
    const { text, files } = of;
    const drafted = await api.json<object>('/api/proposals', { method: 'POST', body: { text, files } });
    if (values.draft) {
      await print(drafted);
      return 0;
    }
    path = versionPath(`${of.agreement}/${of.version}`);
  }
  await print(await api.json(`${path}/propose`, { method: 'POST', body: {} }));
  return 0;
}
