import { readConfig, startNode, untilStopped, writeNodeFile } from '@concord/server';
import { options, print, say, UsageError } from '../verb.ts';

export const usage = `serve --config concord.yaml

Runs a node from its configuration (docs/configuration.md) until SIGINT or SIGTERM. The first line on standard output is
{url, operatorUrl}. Secrets stand in the environment: CONCORD_OIDC_SECRET, CONCORD_NTRIP_<FEED>=user:password.`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, { config: { type: 'string' } });
  if (positionals.length > 0 || values.config === undefined)
    throw new UsageError('serve needs --config FILE');
  const stopped = untilStopped();
  const config = readConfig(values.config, process.env);
  const onError = (cause: unknown) =>
    say(`concord: ${cause instanceof Error ? cause.message : String(cause)}`);
  const node = await startNode({ config, accounts: config.accounts ?? [], onError });
  const forget = writeNodeFile(config.dataDir, node);
  try {
    await print({ url: node.url, operatorUrl: node.operatorUrl });
    await stopped;
    say('concord: stopping');
  } finally {
    forget();
    await node.close();
  }
  return 0;
}
