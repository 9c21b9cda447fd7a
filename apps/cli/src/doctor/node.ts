import { accessSync, constants, existsSync } from 'node:fs';
import { connect } from 'node:net';
import { type Address, nodeFile } from '../address.ts';
import { Api, Unreachable } from '../api.ts';
import { type Check, fine, wrong } from './check.ts';

/** The data folder, and what its node has left there. */
export async function folderChecks(dataDir: string): Promise<Check[]> {
  if (!existsSync(dataDir))
    return [fine('data folder', `${dataDir}: not there yet; the first start makes it`)];
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [
      wrong('data folder', `${dataDir}: not yours to read and write; the node runs as another account`),
    ];
  }
  const { existingSecrets } = await import('@concord/server');
  const keys = existingSecrets(dataDir)
    ? fine('keys', 'the node’s keys can be read: concord token works here')
    : fine('keys', 'no keys that you can read; they are made at the first start');
  return [fine('data folder', dataDir), keys, processCheck(dataDir)];
}

function processCheck(dataDir: string): Check {
  const node = nodeFile(dataDir);
  if (!node) return fine('process', 'no node is running on this folder');
  return isAlive(node.pid)
    ? fine('process', `the node runs as process ${node.pid}`)
    : wrong('process', `process ${node.pid} ended without stopping; the next start sets this right`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // Somebody else's process is alive, too.
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the server answers, and what its operator's port says. */
export async function serverChecks(address: Address, dataDir: string): Promise<Check[]> {
  const { base, from } = address;
  const checks: Check[] = [];
  const expected = from !== 'default';
  try {
    const { status } = await new Api(address).json<{ status?: string }>('/healthz', { timeoutMs: 5000 });
    const detail = `${base} (${from}): ${status ?? 'answers'}`;
    checks.push(status === 'ok' ? fine('server', detail) : wrong('server', detail));
  } catch (cause) {
    const why = `${(cause as Error).message} (by ${from})`;
    const nobody = cause instanceof Unreachable && !(await isTaken(address));
    if (expected) checks.push(wrong('server', why));
    else if (nobody) checks.push(fine('server', `no server at ${base}; concord demo starts one`));
    else
      checks.push(
        wrong('port', `something that is not Concord listens at ${base}; choose another with --port`),
      );
  }
  const operatorUrl = nodeFile(dataDir)?.operatorUrl;
  if (operatorUrl !== undefined) checks.push(await readiness(operatorUrl));
  return checks;
}

async function readiness(operatorUrl: string): Promise<Check> {
  try {
    const response = await fetch(new URL('/readyz', operatorUrl), { signal: AbortSignal.timeout(5000) });
    const state = (await response.json()) as Record<string, string>;
    const detail = Object.entries(state).map(([part, how]) => `${part} ${how}`);
    return response.ok ? fine('ready', detail.join(', ')) : wrong('ready', detail.join(', '));
  } catch (cause) {
    return wrong('ready', `${operatorUrl}/readyz does not answer: ${(cause as Error).message}`);
  }
}

/** Whether anything takes connections there. */
function isTaken({ base }: Address): Promise<boolean> {
  const { hostname, port, protocol } = new URL(base);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'https:' ? 443 : 80),
      timeout: 2000,
    });
    const done = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.on('connect', () => done(true));
    socket.on('timeout', () => done(false));
    socket.on('error', () => done(false));
  });
}

/** What a configuration says, or why it cannot be used. */
export async function configurationCheck(path: string): Promise<Check> {
  const { readConfig, ServerError } = await import('@concord/server');
  try {
    const { name, parties, officers, agreements, feeds } = readConfig(path, process.env);
    const counts = `${parties.length} parties, ${officers.length} officers, ${agreements.length} agreements`;
    return fine('configuration', `${path}: node ${name}, ${counts}, ${feeds.length} feeds`);
  } catch (cause) {
    if (cause instanceof ServerError || (cause as NodeJS.ErrnoException).code !== undefined)
      return wrong('configuration', (cause as Error).message);
    throw cause;
  }
}
