import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { StoreError } from '../error.ts';

/**
 * As whom PostgreSQL runs. It refuses to run as root, so root starts it as an unprivileged account, or, on a machine
 * without any, inside a user namespace.
 */
export type Account =
  | { readonly as: 'self' }
  | { readonly as: 'user'; readonly uid: number; readonly gid: number }
  | { readonly as: 'namespace' };

/** A program of the machine, looked up in PATH. */
export const program = (name: string): string | undefined =>
  (process.env['PATH'] ?? '/usr/bin:/bin')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

function passwdEntry(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (line === undefined) return undefined;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** The account for this process: itself, unless it is root. */
export function chooseAccount(): Account {
  if (process.getuid?.() !== 0) return { as: 'self' };
  const entry = passwdEntry('postgres') ?? passwdEntry('nobody');
  if (entry !== undefined && entry.uid !== 0) return { as: 'user', ...entry };
  const unshare = program('unshare');
  if (unshare !== undefined && spawnSync(unshare, ['--user', '--map-user=65534', 'true']).status === 0) {
    return { as: 'namespace' };
  }
  throw new StoreError(
    'database-not-started',
    'PostgreSQL cannot run as root, and there is no other account',
  );
}

/** Whether an unprivileged account may pass through every folder down to and including this one. */
export function canReach(account: Account, folder: string): boolean {
  if (account.as !== 'user') return true;
  for (let path = folder; ; path = dirname(path)) {
    const { mode, uid, gid } = statSync(path);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly options: { readonly uid?: number; readonly gid?: number };
  /** Whether the program ends when its standard input does, for lack of a signal at our death. */
  readonly endsWithInput: boolean;
}

/**
 * How to start a program so that it runs under the account and dies with us, even by `kill -9`: the kernel's
 * parent-death signal (`setpriv`), or, where there is none, a watcher that waits for the end of standard input.
 * The signal follows the thread that starts the program, so that must be the main one.
 */
export function launchAs(
  account: Account,
  command: string,
  args: readonly string[],
  setpriv: string | null = program('setpriv') ?? null,
): Launch {
  const ids = account.as === 'user' ? { uid: account.uid, gid: account.gid } : {};
  if (setpriv !== null) {
    const drop =
      account.as === 'user' ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'] : [];
    const line = [setpriv, ...drop, '--pdeathsig=INT', '--', command, ...args];
    if (account.as === 'namespace')
      line.unshift(program('unshare') ?? 'unshare', '--user', '--map-user=65534');
    return { command: line[0] ?? setpriv, args: line.slice(1), options: {}, endsWithInput: false };
  }
  const watch = 'exec 3<&0; (read -r _ <&3; kill -INT $$) & exec "$@" 3<&- </dev/null';
  const line = ['/bin/sh', '-c', watch, 'sh', command, ...args];
  if (account.as === 'namespace') line.unshift(program('unshare') ?? 'unshare', '--user', '--map-user=65534');
  return { command: line[0] ?? '/bin/sh', args: line.slice(1), options: ids, endsWithInput: true };
}
