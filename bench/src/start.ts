import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMemoryTokenRevocations, createTokens } from '@concord/identity';
import type { OfficerId } from '@concord/label';
import { existingSecrets } from '@concord/server';
import { WebSocket } from 'ws';
import { type Figure, figure } from './figure.ts';

const CLI = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));
const RUNS = 5;
const LATER = 10;

/** Starts the demonstration and waits for the first live item of the other party. */
async function firstMessage(dataDir: string): Promise<{ ms: number; pss: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, [CLI, 'demo', '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.once('exit', () => reject(new Error('the demonstration did not start')));
      child.stdout.on('data', (data: Buffer) => {
        text += data.toString();
        const line = text.split('\n')[0];
        if (text.includes('\n') && line) resolve((JSON.parse(line) as { url: string }).url);
      });
    });
    const key = existingSecrets(dataDir)?.tokenKey;
    if (!key) throw new Error('the node has no key');
    const tokens = await createTokens({ key, origin: url, revocations: createMemoryTokenRevocations() });
    const { token } = await tokens.mint({ officer: 'ben@birch' as OfficerId });
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', () => socket.send('{"type":"subscribe","streams":["*"]}'));
      socket.on('message', (data: Buffer) => data.includes('"type":"item"') && resolve());
    });
    const ms = performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const pss = pssOf(child.pid ?? 0);
    socket.terminate();
    return { ms, pss };
  } finally {
    child.kill('SIGINT');
    await ended;
  }
}

/** Proportional set size of a process and all below it, in megabytes. */
function pssOf(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const below = (pid: number): boolean =>
    pid === root || (parents.has(pid) && pid > 1 && below(parents.get(pid)!));
  let kilobytes = 0;
  for (const pid of parents.keys()) {
    if (!below(pid)) continue;
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has ended meanwhile, or is not ours to look at.
    }
  }
  return kilobytes / 1024;
}

/** From nothing to the first live message, on an empty data folder and on one that is there; and what it takes. */
export async function start(): Promise<Figure[]> {
  const empty: number[] = [];
  const later: number[] = [];
  const memory: number[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'concord-start-'));
  try {
    for (let i = 0; i < RUNS; i++) {
      const { ms, pss } = await firstMessage(join(folder, `empty-${i}`));
      empty.push(ms);
      memory.push(pss);
    }
    for (let i = 0; i < LATER; i++) later.push((await firstMessage(join(folder, 'empty-0'))).ms);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return [
    figure({
      bench: 'start',
      figure: 'process start to first live message, empty data folder',
      unit: 'ms',
      values: empty,
      budget: '< 5000 ms',
      keeps: (ms) => ms < 5000,
    }),
    figure({
      bench: 'start',
      figure: 'process start to first live message, later',
      unit: 'ms',
      values: later,
      budget: '< 2000 ms',
      keeps: (ms) => ms < 2000,
    }),
    figure({
      bench: 'start',
      figure: 'server, database and exercise (PSS)',
      unit: 'MB',
      values: memory,
      budget: '< 400 MB',
      keeps: (mb) => mb < 400,
    }),
  ];
}
