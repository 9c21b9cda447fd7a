import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../error.ts';
import { processIdentity } from './process-identity.ts';

export interface FolderLock {
  release(): void;
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Whether the process that wrote a lock still runs; one written halfway counts as running. */
function isHeld(text: string): boolean {
  const [pid, identity] = text.split('\n');
  return identity === undefined || (identity !== '' && processIdentity(Number(pid)) === identity);
}

/**
 * Takes a data folder for this process, and for this one caller in it. A lock left by a process that is gone is
 * taken over; `in-use` says who holds it otherwise.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'lock');
  const text = `${process.pid}\n${processIdentity(process.pid)}\n${performance.now()}\n`;
  const release = (): void => {
    if (read(path) === text) rmSync(path, { force: true });
  };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
      return { release };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
      const holder = read(path);
      if (holder === '') {
        // Just being written, or just released: look once more.
        await sleep(50);
        if (read(path) === '' && attempt === 0) continue;
      }
      if (isHeld(holder) && holder !== '') {
        throw new StoreError('in-use', `process ${holder.split('\n')[0]} already works on ${folder}`, {
          cause,
        });
      }
    }
    // Stale. Two of us may see that at once: the last to replace it has it, and both look again a little later.
    const mine = `${path}.${process.pid}`;
    writeFileSync(mine, text, { mode: 0o600 });
    renameSync(mine, path);
    await sleep(50);
    if (read(path) === text) return { release };
  }
  throw new StoreError('in-use', `another process has just taken ${folder}`);
}
