import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Tracked files, and new ones that are not ignored; nothing where this is not a checkout. */
function files(): string[] {
  const args = [
    '-c',
    `safe.directory=${root.replace(/\/$/, '')}`,
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)));
}

const isCheckout = existsSync(join(root, '.git'));
const why = isCheckout ? false : 'not a git checkout';
const textEndings =
  /\.(ts|tsx|js|mjs|json|md|yaml|yml|css|html|svg|txt|sql|geojson|cedar)$|^[^.]+$|run$|\.npmrc$/;

test('no file over 1 MB is in the repository', { skip: why }, () => {
  const found = files().filter((path) => statSync(join(root, path)).size > 1_000_000);
  assert.deepEqual(found, []);
});

test('no source file is longer than 400 lines, but for generated ones', { skip: why }, () => {
  const sources = files().filter((path) => /^(packages|apps|bench|tests|tools)\/.*\.tsx?$/.test(path));
  assert.ok(sources.length > 0);
  const long: string[] = [];
  for (const path of sources) {
    const lines = readFileSync(join(root, path), 'utf8').split('\n');
    const isGenerated = /generated/i.test(lines[0] ?? '');
    if (lines.length - 1 > 400 && !isGenerated) long.push(`${path} (${lines.length - 1})`);
  }
  assert.deepEqual(long, []);
});

test('no file names the folders of a machine it was written on', { skip: why }, () => {
  // Put together here so that this file does not find itself.
  const places = ['work', 'farm', 'root', 'bash_jobs'].map((name) => `/${name}/`);
  const found: string[] = [];
  for (const path of files().filter((name) => textEndings.test(name))) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const place of places) if (text.includes(place)) found.push(`${path}: ${place}`);
  }
  assert.deepEqual(found, []);
});

test('no file is called utils, helpers or a manager', { skip: why }, () => {
  const found = files().filter((path) =>
    /(^|\/)(utils?|helpers?|misc|common)(\.tsx?)?($|\/)|manager\.tsx?$/i.test(path),
  );
  assert.deepEqual(found, []);
});
