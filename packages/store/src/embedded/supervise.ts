import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { freePort, startPostgres, stopPostgres } from './server.ts';

/** An embedded PostgreSQL that is kept running. */
export interface Supervised {
  /** Where it listens; stays the same over restarts unless another program takes the port meanwhile. */
  readonly port: number;
  /** The process id of the postmaster; undefined while it is down. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Starts PostgreSQL, and starts it again whenever it ends without being told to, with pauses that double up to 5 s.
 *
 * @param onExit told each time it has ended by itself, and each time a new start failed.
 */
export async function supervise(
  cluster: Cluster,
  wantedPort: number,
  onExit: (reason: string) => void,
): Promise<Supervised> {
  let port = wantedPort === 0 ? await freePort() : wantedPort;
  let child: ChildProcess | undefined;
  let stopping = false;
  let restarting: Promise<void> | undefined;
  const wake = new AbortController();

  const start = async (): Promise<void> => {
    const started = await startPostgres(cluster, port);
    child = started;
    started.once('exit', (code, signal) => {
      child = undefined;
      started.stdin?.end();
      if (stopping) return;
      onExit(`PostgreSQL ended with ${code ?? signal}`);
      restarting = restart();
    });
  };

  const restart = async (): Promise<void> => {
    for (let pause = FIRST_PAUSE_MS; !stopping; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { signal: wake.signal, ref: false }).catch(() => undefined);
      if (stopping) return;
      try {
        return await start();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (/address already in use|could not bind/i.test(reason)) port = await freePort();
        onExit(reason);
      }
    }
  };

  // The kernel stops PostgreSQL when we are killed; where it cannot, an orderly exit still does.
  const atExit = (): void => {
    child?.kill('SIGINT');
  };
  process.on('exit', atExit);
  try {
    await start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    if (wantedPort !== 0 || !/address already in use|could not bind/i.test(reason)) {
      process.off('exit', atExit);
      throw error;
    }
    port = await freePort();
    await start();
  }

  return {
    get port() {
      return port;
    },
    get pid() {
      return child?.pid;
    },
    async stop() {
      stopping = true;
      wake.abort();
      await restarting;
      if (child !== undefined) await stopPostgres(child);
      process.off('exit', atExit);
    },
  };
}
