import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** The fields of `/proc/PID/stat` from the third, the state (proc(5)): the second may hold spaces. */
const statOf = (pid: number): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** Whether a process of that id runs, whoever owns it. One that ended and is not yet reaped (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return statOf(pid)[0] !== 'Z';
  } catch {
    // Gone in between; elsewhere than on Linux there is no such file.
    return process.platform !== 'linux';
  }
}

/** The command line of a process, its arguments separated by spaces; empty when it cannot be told. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    if (process.platform === 'linux') return '';
    return spawnSync('ps', ['-ww', '-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout.trim();
  }
}

/** The working folder of a process; empty when it cannot be told. */
export function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

/**
 * A text that differs between two processes that had the same id at different times: the boot and the start tick
 * (proc(5), `/proc/PID/stat` field 22), or the start time that `ps` tells. Empty when the process is gone.
 */
export function processIdentity(pid: number): string {
  try {
    const start = statOf(pid)[19] ?? '';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${start}`;
  } catch {
    if (process.platform === 'linux') return '';
    return spawnSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8' }).stdout.trim();
  }
}
