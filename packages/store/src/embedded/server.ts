import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../error.ts';
import { launchAs } from './account.ts';
import type { Cluster } from './cluster.ts';
import { stopOrphan } from './orphan.ts';

const LOG_BYTES = 8 * 1024 * 1024;
const START_PATIENCE_MS = 60_000;

/**
 * Nothing here may trade safety for speed: a commit that was acknowledged survives a power cut (`fsync` and
 * `synchronous_commit` as PostgreSQL has them by default, said aloud). The log holds no statements and no row
 * contents: they may be somebody's secret.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '64MB',
  max_connections: '40',
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/** A port of the loopback that is free now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string')
    throw new StoreError('database-not-started', 'no port');
  return address.port;
}

function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > LOG_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

const endOfLog = (path: string): string =>
  readFileSync(path, 'utf8').trimEnd().split('\n').slice(-5).join('\n');

/** Whether the postmaster of that id accepts connections: line 8 of its file, where `pg_ctl` looks as well. */
function isReady(data: string, pid: number): boolean {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** A PostgreSQL that accepts connections on the port; it dies with this process, however that ends. */
export async function startPostgres(
  cluster: Cluster,
  port: number,
  launcher: typeof launchAs = launchAs,
): Promise<ChildProcess> {
  await stopOrphan(cluster.data);
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', cluster.toldData, '-p', String(port), ...settings];
  const launch = launcher(cluster.account, cluster.binaries.postgres, args);
  const log = openLog(cluster.log);
  const child = spawn(launch.command, launch.args, {
    ...launch.options,
    env: cluster.environment,
    cwd: cluster.data,
    stdio: [launch.endsWithInput ? 'pipe' : 'ignore', log, log],
  });
  closeSync(log);
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`ended with ${code ?? signal}`));
  });
  const end = performance.now() + START_PATIENCE_MS;
  while (performance.now() < end) {
    if (child.pid !== undefined && isReady(cluster.data, child.pid)) {
      child.unref();
      return child;
    }
    const failure = await Promise.race([failed, sleep(5)]);
    if (failure !== undefined) {
      child.stdin?.end();
      throw new StoreError('database-not-started', `PostgreSQL ${failure}:\n${endOfLog(cluster.log)}`);
    }
  }
  await stopPostgres(child);
  throw new StoreError('database-not-started', `PostgreSQL does not get ready:\n${endOfLog(cluster.log)}`);
}

/** Stops it cleanly: open transactions are rolled back, sessions end (PostgreSQL's "fast" shutdown). */
export async function stopPostgres(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = once(child, 'exit');
  const insist = setTimeout(() => child.kill('SIGQUIT'), 10_000);
  child.kill('SIGINT');
  child.stdin?.end();
  await gone;
  clearTimeout(insist);
}
