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

/** The first example of a README, as TypeScript; plain JavaScript is that too. */
function exampleOf(room: string): string | undefined {
  const readme = join(root, 'packages', room, 'README.md');
  return existsSync(readme) ? /```(?:ts|js)\n(.*?)```/s.exec(readFileSync(readme, 'utf8'))?.[1] : undefined;
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
      example,
      new RegExp(`from '@concord/${room}'`),
      'the example imports the package by its name',
    );

    const project = install(room, pack(room, folder));
    writeFileSync(join(project, 'example.ts'), example);
    assert.equal(typeCheck(join(project, 'example.ts')), '');

    writeFileSync(join(project, 'example.js'), stripTypeScriptTypes(example));
    const ran = spawnSync(process.execPath, ['example.js'], {
      cwd: project,
      encoding: 'utf8',
    });
    assert.equal(ran.status, 0, ran.stderr);
    assert.notEqual(ran.stdout, '', 'the example prints what it found');
  });
}
