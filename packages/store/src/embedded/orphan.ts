import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../error.ts';
import { commandLine, isAlive, workingFolder } from './process-identity.ts';

/**
 * Clears the way for a start where an earlier life left `postmaster.pid` behind. The caller holds the folder's lock,
 * so a PostgreSQL that still runs on the folder is our own orphan: it is stopped, as it keeps settings and a port of
 * that life. Where the id now belongs to another process, PostgreSQL would refuse to start, taking it for its own;
 * our id in its place makes it look on (it ignores its parent's) and still test for backends left in shared memory.
 */
export async function stopOrphan(data: string): Promise<void> {
  const path = join(data, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch {
    return;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return;
  const command = commandLine(pid);
  if (!command.includes('postgres') || (!command.includes(data) && workingFolder(pid) !== data)) {
    writeFileSync(path, [String(process.pid), ...lines.slice(1)].join('\n'));
    return;
  }
  for (const [signal, patience] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    process.kill(pid, signal);
    for (const end = performance.now() + patience; performance.now() < end; await sleep(10)) {
      if (!isAlive(pid)) return;
    }
  }
  throw new StoreError('in-use', `PostgreSQL ${pid} works on ${data} and does not stop`);
}
