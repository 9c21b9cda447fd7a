import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError } from '../error.ts';
import { type Account, canReach, chooseAccount, launchAs } from './account.ts';
import { type Binaries, copiedBinaries, installedBinaries, libraryLinks } from './binaries.ts';
import { secretOf } from './secrets.ts';

/** A database cluster on disk and how to run it. */
export interface Cluster {
  /** PostgreSQL's own folder (PGDATA). */
  readonly data: string;
  readonly log: string;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly environment: NodeJS.ProcessEnv;
}

const own = (account: Account, path: string): void => {
  if (account.as === 'user') chownSync(path, account.uid, account.gid);
};

/**
 * The folder that holds PostgreSQL's files: the data folder itself or, where the unprivileged account cannot pass to
 * it (below a home of mode 0700), one under /var/lib. It is noted in the data folder, so that it is found again.
 */
function baseFolder(account: Account, folder: string): string {
  const note = join(folder, 'cluster.json');
  if (existsSync(note))
    return (JSON.parse(readFileSync(note, 'utf8')) as { base: string | null }).base ?? folder;
  const reachable = canReach(account, folder);
  const base = reachable ? folder : `/var/lib/concord-${randomBytes(6).toString('hex')}`;
  mkdirSync(base, { recursive: true, mode: 0o711 });
  writeFileSync(note, `${JSON.stringify({ base: reachable ? null : base })}\n`);
  return base;
}

function initialise(cluster: Cluster, folder: string, base: string): void {
  const fresh = `${cluster.data}.new`;
  const password = join(base, 'password');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  own(cluster.account, fresh);
  rmSync(password, { force: true });
  writeFileSync(password, secretOf(folder, 'superuser'), { mode: 0o600 });
  own(cluster.account, password);
  const args = ['-D', fresh, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${password}`];
  args.push('--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions');
  const launch = launchAs(cluster.account, cluster.binaries.initdb, args);
  try {
    const run = spawnSync(launch.command, launch.args, {
      ...launch.options,
      env: cluster.environment,
      cwd: '/',
      encoding: 'utf8',
      // A watcher must not read the end of its input before initdb is done.
      stdio: [launch.endsWithInput ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    });
    if (run.status !== 0) {
      throw new StoreError(
        'database-not-started',
        `initdb: ${run.stderr || run.error?.message || run.signal}`,
      );
    }
    renameSync(fresh, cluster.data);
  } finally {
    rmSync(password, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** The cluster of a data folder, made (about a second) when there is none yet. The folder is locked by the caller. */
export function openCluster(folder: string): Cluster {
  const account = chooseAccount();
  if (account.as === 'user') {
    // Passing through must be allowed to the other account; what is inside has modes of its own.
    const { mode } = statSync(folder);
    if ((mode & 0o001) === 0) chmodSync(folder, (mode & 0o777) | 0o011);
  }
  const base = baseFolder(account, folder);
  const installed = installedBinaries();
  const binaries = canReach(account, dirname(installed.postgres))
    ? installed
    : copiedBinaries(installed, join(base, 'binaries'));
  const cluster: Cluster = {
    data: join(base, 'postgres'),
    log: join(folder, 'postgres.log'),
    binaries,
    account,
    environment: {
      PATH: '/usr/bin:/bin',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...libraryLinks(binaries, join(base, 'links')),
    },
  };
  if (!existsSync(cluster.data)) initialise(cluster, folder, base);
  return cluster;
}
