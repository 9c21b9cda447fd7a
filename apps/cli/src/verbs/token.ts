import { serverAddress } from '../address.ts';
import { mintToken } from '../credential.ts';
import { dataFolder } from '../data-folder.ts';
import { duration } from '../duration.ts';
import { options, printText, say, UsageError } from '../verb.ts';

export const usage = `token --as OFFICER [--purpose P]… [--ttl 1h] [--data DIR] [--url URL]

Prints a bearer token by which a program acts for an officer: Authorization: Bearer TOKEN. For the operator of the
node only: it is signed with the node's key, which is in its data folder.

  --as OFFICER  such as ada@alder
  --purpose P   a purpose for which data are asked; may be repeated
  --ttl TIME    how long it lives, such as 90s, 15m, 1h; 1h unless told, 24h at most
  --data DIR    the node's data folder; default $CONCORD_DATA, then the demonstration's
  --url URL     the server it is for; default $CONCORD_URL, then the node on that data folder, then
                http://localhost:8080`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    as: { type: 'string' },
    purpose: { type: 'string', multiple: true },
    ttl: { type: 'string' },
    data: { type: 'string' },
    url: { type: 'string' },
  });
  if (positionals.length > 0) throw new UsageError(`token takes no "${positionals[0]}"`);
  if (values.as === undefined) throw new UsageError('say for whom: --as OFFICER');
  const dataDir = dataFolder(values.data);
  const { origin } = serverAddress(values.url, dataDir);
  const ttl = values.ttl === undefined ? undefined : duration('--ttl', values.ttl);
  const { token, expiresAt } = await mintToken({
    as: values.as,
    purposes: values.purpose,
    ttl,
    dataDir,
    origin,
  });
  await printText(`${token}\n`);
  say(`for ${values.as} at ${origin}, until ${new Date(expiresAt).toISOString()}`);
  return 0;
}
