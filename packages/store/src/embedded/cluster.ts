import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError } from '../error.ts';
import { type Account, canReach, chooseAccount, launchAs } from './account.ts';
import { type Binaries, copiedBinaries, installedBinaries, libraryLinks, libraryPath } from './binaries.ts';
import { forgetLogins } from './make-logins.ts';
import { secretOf } from './secrets.ts';

/** A database cluster on disk and how to run it. */
export interface Cluster {
  /** PostgreSQL's own folder (PGDATA), in which its programs are started. */
  readonly data: string;
  /** The same as PostgreSQL is told it. */
  readonly toldData: string;
  readonly log: string;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly environment: NodeJS.ProcessEnv;
}

/** The working folder, by a way that no folder above it can bar (proc(5)). */
const HERE = '/proc/self/cwd';

/** Where programs are put that lie where the database's account cannot reach them; one copy serves all folders. */
const REACHABLE = '/var/lib/concord';

const own = (account: Account, path: string): void => {
  if (account.as === 'user') chownSync(path, account.uid, account.gid);
};

/**
 * How the account finds the data: below a folder that only root may pass (a home of mode 0700) by the working folder
 * that we give it, as it inherits that and cannot walk there.
 */
function wayTo(account: Account, folder: string): (name: string) => string {
  if (canReach(account, folder)) return (name) => join(folder, name);
  if (process.platform === 'linux') return (name) => (name === 'postgres' ? HERE : `${HERE}/../${name}`);
  throw new StoreError(
    'database-not-started',
    `PostgreSQL cannot run as root, and no other account may pass to ${folder}`,
  );
}

async function initialise(cluster: Cluster, folder: string, way: (name: string) => string): Promise<void> {
  const fresh = `${cluster.data}.new`;
  const password = join(folder, 'password');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  own(cluster.account, fresh);
  rmSync(password, { force: true });
  writeFileSync(password, secretOf(folder, 'superuser'), { mode: 0o600 });
  own(cluster.account, password);
  const data = cluster.toldData === HERE ? HERE : fresh;
  const args = ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${way('password')}`];
  args.push('--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions');
  const launch = launchAs(cluster.account, cluster.binaries.initdb, args);
  try {
    const run = spawn(launch.command, launch.args, {
      ...launch.options,
      env: cluster.environment,
      cwd: fresh,
      stdio: [launch.endsWithInput ? 'pipe' : 'ignore', 'ignore', 'pipe'],
    });
    let said = '';
    run.stderr?.on('data', (data: Buffer) => {
      said += data.toString();
    });
    const [status, signal] = (await once(run, 'close')) as [number | null, string | null];
    if (status !== 0) throw new StoreError('database-not-started', `initdb: ${said || signal}`);
    forgetLogins(folder);
    renameSync(fresh, cluster.data);
  } finally {
    rmSync(password, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** The cluster of a data folder, made (about a second) when there is none yet. The folder is locked by the caller. */
export async function openCluster(folder: string): Promise<Cluster> {
  const account = chooseAccount();
  if (account.as === 'user') {
    // Passing through must be allowed to the other account; what is inside has modes of its own.
    const { mode } = statSync(folder);
    if ((mode & 0o001) === 0) chmodSync(folder, (mode & 0o777) | 0o011);
  }
  const way = wayTo(account, folder);
  const installed = installedBinaries();
  const binaries = canReach(account, dirname(installed.postgres))
    ? installed
    : copiedBinaries(installed, REACHABLE);
  libraryLinks(binaries, join(folder, 'links'));
  const cluster: Cluster = {
    data: join(folder, 'postgres'),
    toldData: way('postgres'),
    log: join(folder, 'postgres.log'),
    binaries,
    account,
    environment: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...libraryPath(binaries, way('links')) },
  };
  if (!existsSync(cluster.data)) await initialise(cluster, folder, way);
  return cluster;
}
