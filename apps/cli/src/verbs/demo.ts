import { setTimeout as sleep } from 'node:timers/promises';
import { countItems, demo, startDemoExercise, startNode, untilStopped, writeNodeFile } from '@concord/server';
import { dataFolder } from '../data-folder.ts';
import { options, print, say, UsageError } from '../verb.ts';

export const usage = `demo [--once SECONDS] [--port N] [--data DIR]

Starts everything embedded, with an exercise to look at: two parties, their agreement, an outsider and the supervising
authority. The first line on standard output is {url, accounts:[{officer, party, role, password}]}; passwords are made
anew at each start. The keys of the invented parties are in party-keys/ of the data folder. Ctrl-C stops it.

  --once SECONDS  stops by itself, with a line a stream {stream, kind, items}
  --port N        default 8080
  --data DIR      default $CONCORD_DATA, then .data/demo in this checkout`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    once: { type: 'string' },
    port: { type: 'string', default: '8080' },
    data: { type: 'string' },
  });
  if (positionals.length > 0) throw new UsageError(`demo takes no "${positionals[0]}"`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageError('--port is a number up to 65535');
  const once = values.once === undefined ? undefined : Number(values.once);
  if (once !== undefined && !(once > 0 && once <= 86_400))
    throw new UsageError('--once is a number of seconds');

  const dataDir = dataFolder(values.data);
  say('concord: starting the demonstration');
  const stopped = untilStopped();
  const { config, accounts, shown } = await demo({ dataDir, port });
  const onError = (cause: unknown) =>
    say(`concord: ${cause instanceof Error ? cause.message : String(cause)}`);
  const node = await startNode({ config, accounts, onError });
  const items = countItems(node.release);
  const forget = writeNodeFile(dataDir, node);
  try {
    await print({ url: node.url, accounts: shown });
    const exercise = await startDemoExercise(node, onError);
    say(`concord: open ${node.url} and sign in as one of the accounts above; Ctrl-C stops`);
    await (once === undefined ? stopped : Promise.race([stopped, sleep(once * 1000)]));
    say('concord: stopping');
    await exercise.stop();
  } finally {
    forget();
    await node.close();
  }
  if (once !== undefined) for (const line of items()) await print(line);
  return 0;
}
