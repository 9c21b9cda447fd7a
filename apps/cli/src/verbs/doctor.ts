import { serverAddress } from '../address.ts';
import { dataFolder } from '../data-folder.ts';
import { diskCheck, environmentCheck, machineChecks, pageCheck } from '../doctor/machine.ts';
import { configurationCheck, folderChecks, serverChecks } from '../doctor/node.ts';
import { options, print, UsageError } from '../verb.ts';

export const usage = `doctor [--config FILE] [--data DIR] [--url URL]

Says what is configured, reachable and wrong: a line a check, {check, ok, detail}. The exit status is 1 where something
is wrong.

  --config FILE  a node's configuration, to be read as concord serve would
  --data DIR     the node's data folder; default $CONCORD_DATA, then the demonstration's
  --url URL      the server; default $CONCORD_URL, then the node on that data folder, then
                 http://localhost:8080`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    config: { type: 'string' },
    data: { type: 'string' },
    url: { type: 'string' },
  });
  if (positionals.length > 0) throw new UsageError(`doctor takes no "${positionals[0]}"`);
  const dataDir = dataFolder(values.data);
  const address = serverAddress(values.url, dataDir);
  const checks = [
    ...machineChecks(),
    environmentCheck(),
    pageCheck(),
    ...(values.config === undefined ? [] : [await configurationCheck(values.config)]),
    ...(await folderChecks(dataDir)),
    diskCheck(dataDir),
    ...(await serverChecks(address, dataDir)),
  ];
  for (const check of checks) await print(check);
  return checks.every(({ ok }) => ok) ? 0 : 1;
}
