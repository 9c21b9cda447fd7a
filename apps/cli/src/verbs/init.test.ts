import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { concord } from '../cli.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-init-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const parties = ['--party', 'elm=Elm Survey', '--party', 'fir-isles=Fir Isles Rescue'];

test('what init writes is a node that starts, knows its officers, and lets them sign in', {
  timeout: 60_000,
}, async () => {
  const dir = join(folder, 'node');
  const made = await concord(['init', dir, ...parties, '--name', 'first']);
  assert.equal(made.status, 0, made.stderr);
  const said = JSON.parse(made.stdout) as {
    files: string[];
    accounts: { officer: string; password: string }[];
  };
  assert.equal(said.accounts.length, 7);
  for (const secret of ['accounts.json', 'keys/elm.jwk'])
    assert.equal(statSync(join(dir, secret)).mode & 0o077, 0, secret);
  for (const file of said.files) {
    const text = readFileSync(join(dir, file), 'utf8');
    for (const { password } of said.accounts) assert.ok(!text.includes(password), file);
  }
  const check = await concord(['agreement', 'check', join(dir, 'agreement.yaml')]);
  assert.equal(check.status, 0, check.stdout);

  const path = join(dir, 'concord.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('port: 8080', 'port: 0'));
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'serve', '--config', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    const { officer, password } = said.accounts[0]!;
    const jar = new Map<string, string>();
    const ask = async (to: string, form?: Record<string, string>): Promise<Response> => {
      const response = await fetch(to, {
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        jar.set(name!, value!);
      }
      const next = response.headers.get('location');
      return next === null ? response : ask(new URL(next, to).href);
    };
    const form = await ask(`${url}/login`);
    await ask(form.url, { officer, password });
    const me = (await (await ask(`${url}/api/me`)).json()) as { officer: string; dataMode: string };
    assert.deepEqual([me.officer, me.dataMode], [officer, 'TEST']);
  } finally {
    child.kill('SIGINT');
    await once(child, 'exit');
  }
});

for (const [what, args] of [
  ['one party alone', ['x1', '--party', 'elm=Elm']],
  ['a party without a name', ['x2', '--party', 'elm=', '--party', 'fir=Fir']],
  ['a party in capitals', ['x3', '--party', 'ELM=Elm', '--party', 'fir=Fir']],
  ['an unknown mode', ['x4', ...parties, '--mode', 'REALISH']],
  ['no folder', parties],
] as const) {
  test(`${what} is bad usage`, async () => {
    const [dir = '', ...rest]: readonly string[] = args;
    const made = await concord(['init', dir.startsWith('x') ? join(folder, dir) : dir, ...rest]);
    assert.equal(made.status, 2, made.stdout);
  });
}

test('a folder with something in it is left alone', async () => {
  writeFileSync(join(folder, 'mine'), 'x');
  assert.equal((await concord(['init', folder, ...parties])).status, 2);
  assert.equal(readFileSync(join(folder, 'mine'), 'utf8'), 'x');
});
