import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The floors from the ground up: a room imports from floors below its own, never from above. */
export const floors: readonly (readonly string[])[] = [
  ['label', 'gnss', 'orbit', 'ais', 'ledger'],
  ['agreement'],
  ['gate'],
  ['store', 'bus'],
  ['release'],
  ['intake', 'derive', 'authority', 'identity'],
  ['desk'],
  ['feeds', 'endpoints'],
  ['server', 'web', 'cli', 'bench'],
];

/** Neighbours on one floor do not know each other, but for these. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
  derive: ['intake'], // what is derived enters like everything else
  cli: ['server', 'bench'],
  bench: ['server'],
};
/** Neighbours of which only types may be known. */
const typeNeighbours: Readonly<Record<string, readonly string[]>> = { bus: ['store'] };

/** Rooms that know less than their floor would let them. */
const only: Readonly<Record<string, readonly string[]>> = {
  feeds: ['label', 'gnss', 'orbit', 'ais', 'ledger', 'intake'],
};
const never: Readonly<Record<string, readonly string[]>> = { endpoints: ['store', 'bus'] };

/** The ways to stored and live data: the enforcement point alone goes them, and backups the operator's own server. */
const guards: ReadonlyMap<string, string> = new Map([
  ['@concord/store/readers', 'release'],
  ['@concord/bus/readers', 'release'],
  ['@concord/store/archive', 'server'],
]);

/** Rooms that are functions of their input, and the one builtin that hashing needs. */
const pure = new Set(['label', 'gnss', 'orbit', 'ais', 'ledger', 'agreement', 'gate']);
const allowedBuiltins: Readonly<Record<string, readonly string[]>> = { ledger: ['node:crypto'] };
const impure: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/, 'reads a clock'],
  [/\bMath\.random\(|\bgetRandomValues\(|\brandomUUID\(|\brandomBytes\(/, 'draws randomness'],
  [/\bfetch\(|\bprocess\.(?!memoryUsage)/, 'reaches the outside world'],
  [/\bset(?:Timeout|Interval|Immediate)\(/, 'sets a timer'],
];

export type Finding = { readonly file: string; readonly fault: string };
/** A repository as the checker sees it: files by their path from the root. */
export type Tree = ReadonlyMap<string, string>;
type Import = { readonly from: string; readonly typeOnly: boolean };
type Manifest = Partial<
  Record<
    'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies',
    Record<string, string>
  >
> & { name?: string; exports?: Record<string, unknown> };

const statement = /^[ \t]*(import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s*)?['"]([^'"\n]+)['"]/gm;
const call = /\b(?:import|require)\(\s*['"]([^'"\n]+)['"]/g;

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** What a module imports, static, dynamic and by type. */
export function importsOf(source: string): Import[] {
  const text = withoutComments(source);
  return [
    ...[...text.matchAll(statement)].map((found) => ({
      from: found[3] ?? '',
      typeOnly: found[2] !== undefined,
    })),
    ...[...text.matchAll(call)].map((found) => ({ from: found[1] ?? '', typeOnly: false })),
  ];
}

function roomOf(path: string): { room: string; folder: string } | undefined {
  const [top, name] = path.split('/');
  if (top === 'bench') return { room: 'bench', folder: 'bench' };
  if ((top === 'packages' || top === 'apps') && name) return { room: name, folder: `${top}/${name}` };
  return undefined;
}

/** Tests, and what only tests import. */
function isTestFile(file: string): boolean {
  return /\.(test(ing)?|fuzz)\.tsx?$/.test(file);
}

function floorOf(room: string): number {
  return floors.findIndex((rooms) => rooms.includes(room));
}

function faultOfRoom(room: string, other: string, typeOnly: boolean): string | undefined {
  const [own, its] = [floorOf(room), floorOf(other)];
  if (its < 0) return `imports ${other}, which is on no floor`;
  if (its > own) return `imports ${other}, which is above ${room}`;
  if (only[room] && !only[room].includes(other))
    return `imports ${other}; ${room} may know ${only[room].join(', ')}`;
  if (never[room]?.includes(other)) return `imports ${other}, which ${room} must not know`;
  if (its < own || neighbours[room]?.includes(other)) return undefined;
  if (typeNeighbours[room]?.includes(other))
    return typeOnly ? undefined : `imports more than types of ${other}`;
  return `imports its neighbour ${other}`;
}

function faultsOfWorkspaceImport(
  tree: Tree,
  file: string,
  room: string | undefined,
  found: Import,
): string[] {
  const [, other = '', ...past] = found.from.split('/');
  const faults: string[] = [];
  const folder = ['packages', 'apps', '.']
    .map((top) => join(top, other))
    .find((at) => tree.has(`${at}/package.json`));
  const exports = folder === undefined ? {} : (manifestOf(tree, folder).exports ?? {});
  const face = past.length === 0 ? '.' : `./${past.join('/')}`;
  if (folder === undefined) faults.push(`imports ${found.from}, which does not exist`);
  else if (!(face in exports)) faults.push(`imports past the face of ${other}: ${found.from}`);
  const isTest = isTestFile(file) || room === undefined;
  const guard = guards.get(found.from);
  if (guard !== undefined && room !== guard && !isTest)
    faults.push(`imports ${found.from}: only ${guard} may`);
  if (room !== undefined && other !== room) {
    const fault = faultOfRoom(room, other, found.typeOnly);
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

function faultOfRelativeImport(file: string, folder: string, from: string): string | undefined {
  const target = join(dirname(file), from);
  if (target.startsWith(`${folder}/`)) return undefined;
  const shared = target.startsWith('tests/') && isTestFile(file);
  const tools = folder === 'tests' && target.startsWith('tools/');
  return shared || tools ? undefined : `imports ${target} by a relative path out of ${folder}`;
}

function faultsOfModule(tree: Tree, file: string, source: string): string[] {
  const home = roomOf(file);
  const faults: string[] = [];
  const isTest = isTestFile(file);
  for (const found of importsOf(source)) {
    if (found.from.startsWith('.')) {
      const fault = faultOfRelativeImport(file, home?.folder ?? file.split('/')[0] ?? '', found.from);
      if (fault !== undefined) faults.push(fault);
    } else if (found.from.startsWith('@concord/')) {
      faults.push(...faultsOfWorkspaceImport(tree, file, home?.room, found));
    } else if (found.from.startsWith('node:') && home && pure.has(home.room) && !isTest) {
      const allowed = allowedBuiltins[home.room]?.includes(found.from);
      if (!allowed) faults.push(`imports ${found.from}, and ${home.room} is pure`);
    }
  }
  if (home && pure.has(home.room) && !isTest) {
    const text = withoutComments(source);
    for (const [pattern, what] of impure) {
      const hit = pattern.exec(text);
      if (hit) faults.push(`${what} (${hit[0]}), and ${home.room} is pure`);
    }
  }
  return faults;
}

function manifestOf(tree: Tree, folder: string): Manifest {
  return JSON.parse(tree.get(`${folder}/package.json`) ?? '{}') as Manifest;
}

/** Workspace imports without a declaration, and declarations without an import. */
function faultsOfManifest(tree: Tree, folder: string, room: string): Finding[] {
  const manifest = manifestOf(tree, folder);
  const declared = new Set(
    [
      manifest.dependencies,
      manifest.devDependencies,
      manifest.peerDependencies,
      manifest.optionalDependencies,
    ]
      .flatMap((names) => Object.keys(names ?? {}))
      .filter((name) => name.startsWith('@concord/')),
  );
  const imported = new Set<string>();
  for (const [file, source] of tree) {
    if (!file.startsWith(`${folder}/`) || !/\.tsx?$/.test(file)) continue;
    for (const { from } of importsOf(source)) {
      if (from.startsWith('@concord/')) imported.add(from.split('/').slice(0, 2).join('/'));
    }
  }
  imported.delete(`@concord/${room}`);
  const file = `${folder}/package.json`;
  return [
    ...[...imported]
      .filter((name) => !declared.has(name))
      .map((name) => ({ file, fault: `does not declare ${name}` })),
    ...[...declared]
      .filter((name) => !imported.has(name))
      .map((name) => ({ file, fault: `declares ${name}, which nothing in it imports` })),
  ];
}

/** Every breach of floors and faces. A tree without modules is a fault too: a check of nothing proves nothing. */
export function check(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  let modules = 0;
  for (const [file, source] of tree) {
    const home = roomOf(file);
    if (/\.tsx?$/.test(file)) {
      if (home) modules++;
      findings.push(...faultsOfModule(tree, file, source).map((fault) => ({ file, fault })));
    } else if (home && file === `${home.folder}/package.json`) {
      if (floorOf(home.room) < 0) findings.push({ file, fault: `${home.room} is on no floor` });
      findings.push(...faultsOfManifest(tree, home.folder, home.room));
    }
  }
  if (modules === 0) findings.push({ file: '.', fault: 'no modules were found' });
  return findings;
}

/** The repository at `root`: modules and package.json of every room, and the tests and tools beside them. */
export function readTree(root: string): Tree {
  const paths = globSync(
    [
      '{packages,apps}/*/package.json',
      'bench/package.json',
      '{packages,apps,bench,tests,tools}/**/*.{ts,tsx}',
    ],
    { cwd: root, exclude: (path) => /(^|\/)(node_modules|dist)$/.test(String(path)) },
  );
  return new Map(
    paths
      .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
      .sort()
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
}
