import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createMemoryTokenRevocations, createTokens } from '@concord/identity';
import type { OfficerId } from '@concord/label';
import { existingSecrets } from '@concord/server';
import { pause } from './harness.ts';

const main = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

/** The demonstration in a process of its own, on a folder and a port that stay the same from start to start. */
export interface ChildNode {
  readonly url: string;
  readonly dataDir: string;
  start(): Promise<void>;
  /** `kill -9` of the server. */
  killServer(): Promise<void>;
  /** `kill -9` of the database's first process. */
  killDatabase(): void;
  stop(): Promise<void>;
  token(officer: string): Promise<string>;
  remove(): void;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Resolves with the first line that a process writes; rejects where it ends without one. */
function firstLine(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout! });
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the node ended with ${code}: ${said()}`)));
  });
}

export async function childNode(): Promise<ChildNode> {
  const dataDir = mkdtempSync(join(tmpdir(), 'concord-crash-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let child: ChildProcess | undefined;
  const postmaster = () =>
    Number(readFileSync(join(dataDir, 'database', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return {
    url,
    dataDir,
    start: async () => {
      let said = '';
      child = spawn(process.execPath, [main, 'demo', '--port', String(port), '--data', dataDir], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stderr?.on('data', (text: Buffer) => {
        said = (said + text.toString()).slice(-2000);
      });
      await firstLine(child, () => said);
    },
    killServer: async () => {
      const ended = once(child!, 'exit');
      child?.kill('SIGKILL');
      await ended;
    },
    killDatabase: () => void process.kill(postmaster(), 'SIGKILL'),
    stop: async () => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    },
    token: async (officer) => {
      const key = existingSecrets(dataDir)?.tokenKey;
      if (!key) throw new Error('the node has no key');
      const tokens = await createTokens({ key, origin: url, revocations: createMemoryTokenRevocations() });
      return (await tokens.mint({ officer: officer as OfficerId })).token;
    },
    remove: () => {
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Tries until it succeeds: whatever is asked of a node that is being killed may fail for a while. */
export async function insist<T>(work: () => Promise<T>, ms = 20_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    try {
      return await work();
    } catch (cause) {
      if (performance.now() > end) throw cause;
      await pause(25);
    }
  }
}
