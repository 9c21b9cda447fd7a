import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Makes an npm package of JavaScript with declarations from a room of the ground floor, since Node refuses TypeScript
 * under node_modules. `node tools/pack.ts ROOM FOLDER` leaves the tarball in FOLDER and prints its path.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = join(root, 'node_modules/typescript/bin/tsc');

type Manifest = Readonly<Record<string, unknown>> & {
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
};

const compilerOptions = {
  target: 'es2024',
  lib: ['esnext'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  strict: true,
  skipLibCheck: true,
  verbatimModuleSyntax: true,
};

/** `./src/index.ts` of the room's own exports is `./index.js` with `./index.d.ts` in the package. */
function builtExports(
  exports: Readonly<Record<string, string>>,
): Record<string, { types: string; default: string }> {
  return Object.fromEntries(
    Object.entries(exports).map(([face, source]) => {
      const stem = source.replace('./src/', './').replace(/\.ts$/, '');
      return [face, { types: `${stem}.d.ts`, default: `${stem}.js` }];
    }),
  );
}

/** Builds `packages/ROOM` into `folder/ROOM` and packs it. Returns the tarball's path. */
export function pack(room: string, folder: string): string {
  const source = join(root, 'packages', room);
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
  const { exports = {}, devDependencies, private: isPrivate, scripts, ...kept } = manifest;
  const dist = join(folder, room);
  mkdirSync(dist, { recursive: true });

  const config = join(folder, `${room}.tsconfig.json`);
  const options = {
    ...compilerOptions,
    allowImportingTsExtensions: true,
    rewriteRelativeImportExtensions: true,
    declaration: true,
    rootDir: join(source, 'src'),
    outDir: dist,
  };
  const files = Object.values(exports).map((face) => join(source, face));
  writeFileSync(config, JSON.stringify({ compilerOptions: options, files }));
  execFileSync(process.execPath, [tsc, '-p', config], { stdio: ['ignore', 'pipe', 'pipe'] });

  writeFileSync(
    join(dist, 'package.json'),
    JSON.stringify({ ...kept, exports: builtExports(exports) }, null, 2),
  );
  copyFileSync(join(source, 'README.md'), join(dist, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'));
  const packed = execFileSync(
    'npm',
    ['pack', dist, '--json', '--loglevel=error', '--pack-destination', folder],
    {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [result] = JSON.parse(packed) as [{ filename: string }];
  return join(folder, result.filename);
}

/** Checks a module of TypeScript against what is installed beside it: what it says where it does not fit. */
export function typeCheck(file: string): string {
  const config = `${file}.tsconfig.json`;
  writeFileSync(
    config,
    JSON.stringify({ compilerOptions: { ...compilerOptions, noEmit: true }, files: [file] }),
  );
  try {
    execFileSync(process.execPath, [tsc, '-p', config], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return '';
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? error);
  }
}

if (import.meta.main) {
  const [room, folder] = process.argv.slice(2);
  if (room === undefined || folder === undefined) {
    process.stderr.write('Usage: node tools/pack.ts ROOM FOLDER\n');
    process.exitCode = 2;
  } else {
    process.stdout.write(`${pack(room, folder)}\n`);
  }
}
