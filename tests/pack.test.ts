import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pack, typeCheck } from '../tools/pack.ts';
import { floors } from './floors.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'concord-pack-'));
after(() => rmSync(folder, { recursive: true }));

type Example = { readonly language: string; readonly code: string };

/** The first example of a README that needs no file of its reader's. */
function exampleOf(room: string): Example | undefined {
  const readme = join(root, 'packages', room, 'README.md');
  if (!existsSync(readme)) return undefined;
  const blocks = readFileSync(readme, 'utf8').matchAll(/^```(ts|js)\n(.*?)^```/gms);
  const examples = [...blocks].map(([, language = '', code = '']) => ({ language, code }));
  return examples.find(({ code }) => !code.includes("'node:fs'"));
}

/** Installs a tarball into an empty project; what it depends on is taken from this checkout, not from a network. */
function install(room: string, tarball: string): string {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', room, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  const project = join(folder, `uses-${room}`);
  mkdirSync(project);
  const dependencies = { [`@concord/${room}`]: `file:${tarball}` };
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    dependencies[name] = `file:${join(root, 'node_modules', name)}`;
  }
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  execFileSync(
    'npm',
    ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: project,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return project;
}

for (const room of floors[0] ?? []) {
  test(`${room} is packed, installed elsewhere, and the example of its README runs as plain JavaScript`, (t) => {
    const example = exampleOf(room);
    if (example === undefined) return t.skip(`packages/${room}/README.md has no example yet`);
    assert.match(
      example.code,
      new RegExp(`from '@concord/${room}'`),
      'the example imports the package by its name',
    );

    const project = install(room, pack(room, folder));
    if (example.language === 'ts') {
      writeFileSync(join(project, 'example.ts'), example.code);
      assert.equal(typeCheck(join(project, 'example.ts')), '');
    }
    writeFileSync(join(project, 'example.js'), stripTypeScriptTypes(example.code));
    const ran = spawnSync(process.execPath, ['example.js'], {
      cwd: project,
      encoding: 'utf8',
    });
    assert.equal(ran.status, 0, ran.stderr);
    assert.notEqual(ran.stdout, '', 'the example prints what it found');
  });
}
