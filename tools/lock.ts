import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * npm leaves an optional package of another platform out of package-lock.json, without a word, where the registry
 * at hand lacks that exact version; `npm ci` then refuses the lock ("Missing: … from lock file"). `missingStubs` says
 * what is left out, `withStubs` puts in an entry of version and platform for each. Nothing is fetched for a platform
 * that is not the machine's. Run after every change of dependencies:
 *
 *     npm install --package-lock-only --ignore-scripts && node tools/lock.ts
 */
export type LockEntry = {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[] | string;
  readonly cpu?: readonly string[] | string;
  readonly libc?: readonly string[] | string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
export type Lock = {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockEntry>>;
};
export type Stub = { readonly path: string; readonly wantedBy: string; readonly entry: LockEntry };

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors: Readonly<Record<string, string>> = {
  arm: 'arm',
  arm64: 'arm64',
  ia32: 'ia32',
  loong64: 'loong64',
  mips64el: 'mips64el',
  ppc64: 'ppc64',
  ppc64le: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  wasm32: 'wasm32',
  x64: 'x64',
};

/** The platform which a package's name tells (`@x/binding-linux-arm64-musl`), in the lock's own fields. */
export function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/);
  const os = words.find((word) => systems.includes(word));
  const cpu = words.map((word) => processors[word]).find((found) => found !== undefined);
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : os === 'linux' && words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(libc === undefined ? {} : { libc: [libc] }),
    ...(os === undefined ? {} : { os: [os] }),
  };
}

/** Node's own search: the folder's node_modules, then each folder above. */
function resolves(packages: Lock['packages'], from: string, name: string): boolean {
  for (let folder = from; ; ) {
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`] !== undefined)
      return true;
    if (folder === '') return false;
    const cut = folder.lastIndexOf('/node_modules/');
    folder = cut >= 0 ? folder.slice(0, cut) : '';
  }
}

/** Optional packages that are named in the lock and have no entry, each with the entry it should have. */
export function missingStubs(lock: Lock): Stub[] {
  const stubs = new Map<string, Stub>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves(lock.packages, path, name)) continue;
      const stub: LockEntry = {
        version,
        ...platformOf(name),
        ...(entry.dev === true ? { dev: true } : {}),
        optional: true,
      };
      stubs.set(`node_modules/${name}`, { path: `node_modules/${name}`, wantedBy: path, entry: stub });
    }
  }
  return [...stubs.values()];
}

/** The lock with its stubs, entries in npm's order. */
export function withStubs(lock: Lock): Lock {
  const packages = { ...lock.packages };
  for (const stub of missingStubs(lock)) packages[stub.path] = stub.entry;
  const order = (a: string, b: string) => a.localeCompare(b, 'en');
  return {
    ...lock,
    packages: Object.fromEntries(Object.entries(packages).sort(([a], [b]) => order(a, b))),
  };
}

const exact = /^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/i;

/** Dependencies that do not name one version: `path: name range`. Links between workspaces are `*`. */
export function inexactVersions(manifests: ReadonlyMap<string, LockEntry>): string[] {
  const found: string[] = [];
  for (const [path, manifest] of manifests) {
    for (const field of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
      for (const [name, range] of Object.entries(manifest[field] ?? {})) {
        const fits = name.startsWith('@concord/') ? range === '*' : exact.test(range);
        if (!fits) found.push(`${path}: ${name} ${range}`);
      }
    }
  }
  return found;
}

const root = fileURLToPath(new URL('..', import.meta.url));

export function readLock(): Lock {
  return JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')) as Lock;
}

/** Every package.json of the repository, by its path from the root. */
export function readManifests(): Map<string, LockEntry> {
  const folders = ['.', 'bench', 'tools/node'];
  for (const group of ['packages', 'apps']) {
    for (const name of readdirSync(`${root}/${group}`)) folders.push(`${group}/${name}`);
  }
  const manifests = new Map<string, LockEntry>();
  for (const folder of folders) {
    const path = `${folder}/package.json`;
    manifests.set(path, JSON.parse(readFileSync(`${root}/${path}`, 'utf8')) as LockEntry);
  }
  return manifests;
}

if (import.meta.main) {
  const lock = readLock();
  const stubs = missingStubs(lock);
  for (const { path, entry, wantedBy } of stubs) console.error(`${path} ${entry.version} for ${wantedBy}`);
  if (stubs.length > 0)
    writeFileSync(`${root}/package-lock.json`, `${JSON.stringify(withStubs(lock), null, 2)}\n`);
  console.error(`${stubs.length} entries added to package-lock.json`);
}
