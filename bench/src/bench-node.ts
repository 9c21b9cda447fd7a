import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NodeConfig, type RunningNode, startNode } from '@concord/server';
import { Client } from 'pg';
import { benchConfig } from './world.ts';

export interface BenchNode {
  readonly node: RunningNode;
  /** Logs in to the node's own database, past every room: for ceilings only. */
  login(as: 'owner' | 'writer' | 'reader'): Promise<Client>;
  close(): Promise<void>;
}

/** A node with its database in a folder of its own, which goes with it. */
export async function benchNode(
  config: (dataDir: string) => Promise<NodeConfig> = benchConfig,
): Promise<BenchNode> {
  const dataDir = mkdtempSync(join(tmpdir(), 'concord-bench-'));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const node = await startNode({
      config: await config(dataDir),
      accounts: [],
      onError: (cause) => process.stderr.write(`concord: ${(cause as Error).message}\n`),
    });
    return {
      node,
      login: async (as) => {
        const client = new Client({
          host: '127.0.0.1',
          port: portOf(node.storage.databasePid),
          user: as,
          password: readFileSync(join(dataDir, 'database', 'secrets', as), 'utf8'),
          database: 'concord',
        });
        await client.connect();
        return client;
      },
      close: async () => {
        await node.close();
        remove();
      },
    };
  } catch (cause) {
    remove();
    throw cause;
  }
}

/** The port that a PostgreSQL process was started with. */
function portOf(pid: number | undefined): number {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const port = Number(words[words.indexOf('-p') + 1]);
  if (!(port > 0)) throw new Error('this bench needs the embedded database on Linux');
  return port;
}
