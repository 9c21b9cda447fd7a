import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../concord', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'concord-launcher-'));
after(() => rmSync(folder, { recursive: true }));

function concord(args: readonly string[], program = launcher) {
  return spawnSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

test('--help lists the verbs on standard output and nothing on standard error', () => {
  const { status, stdout, stderr } = concord(['--help']);
  assert.equal(status, 0);
  assert.match(stdout, /^ {2}test +/m);
  assert.equal(stderr, '');
});

test('it is found through symbolic links and from any folder', () => {
  symlinkSync(launcher, join(folder, 'one'));
  symlinkSync('one', join(folder, 'two'));
  assert.equal(concord(['--help'], './two').status, 0);
});

test('a verb that does not exist is bad usage, said on standard error', () => {
  const { status, stdout, stderr } = concord(['nonsense']);
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /there is no verb "nonsense"/);
});

test('an option that a verb does not have is bad usage', () => {
  const { status, stderr } = concord(['test', '--nonsense']);
  assert.equal(status, 2);
  assert.match(stderr, /--nonsense/);
});

test('a part that fits nothing is bad usage', () => {
  assert.equal(concord(['test', 'no-such-part']).status, 2);
});

test('each verb tells its usage', () => {
  const { status, stdout } = concord(['test', '--help']);
  assert.equal(status, 0);
  assert.match(stdout, /^Usage: concord test/);
});
