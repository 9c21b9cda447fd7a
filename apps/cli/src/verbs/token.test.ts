import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createMemoryTokenRevocations, createTokens } from '@concord/identity';
import { nodeSecrets } from '@concord/server';
import { concord } from '../cli.testing.ts';

const data = mkdtempSync(join(tmpdir(), 'concord-token-'));
after(() => rmSync(data, { recursive: true }));
const secrets = await nodeSecrets(data);
writeFileSync(join(data, 'node.json'), JSON.stringify({ url: 'http://localhost:4711', pid: process.pid }));

const tokensOf = (origin: string) =>
  createTokens({ key: secrets.tokenKey, origin, revocations: createMemoryTokenRevocations() });

test('a token is good at the node whose folder it was minted in, for the purposes and the time asked for', async () => {
  const wish = ['--as', 'ada@alder', '--purpose', 'navigation-safety', '--purpose', 'search-and-rescue'];
  const { status, stdout, stderr } = await concord(['token', ...wish, '--ttl', '15m', '--data', data]);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^[\w.-]+\n$/);
  const token = await (await tokensOf('http://localhost:4711')).verify(stdout.trim());
  assert.equal(token.officer, 'ada@alder');
  assert.deepEqual(token.purposes, ['navigation-safety', 'search-and-rescue']);
  assert.equal(token.expiresAt - token.issuedAt, 900_000);
  await assert.rejects(async () => (await tokensOf('http://localhost:4712')).verify(stdout.trim()));
});

test('a loopback --url is minted for the name localhost', async () => {
  const args = ['token', '--as', 'ada@alder', '--data', data, '--url', 'http://127.0.0.1:9999'];
  const { stdout } = await concord(args);
  const token = await (await tokensOf('http://localhost:9999')).verify(stdout.trim());
  assert.equal(token.expiresAt - token.issuedAt, 3_600_000, 'an hour unless told');
});

test('without a node there are no tokens, and it is said why', async () => {
  const absent = await concord(['token', '--as', 'ada@alder'], {
    env: { CONCORD_DATA: join(data, 'absent') },
  });
  assert.equal(absent.status, 1);
  assert.match(absent.stderr, /no node has its data in/);
  const bare = mkdtempSync(join(data, 'bare-'));
  const keyless = await concord(['token', '--as', 'ada@alder', '--data', bare]);
  assert.equal(keyless.status, 1);
  assert.match(keyless.stderr, /cannot be read/);
  assert.equal(keyless.stdout, '');
});

test('an officer, a lifetime or a purpose that cannot be is bad usage', async () => {
  const wrong = [
    [],
    ['--as', 'nobody'],
    ['--as', 'ada@alder', '--ttl', '8'],
    ['--as', 'ada@alder', '--ttl', '30d'],
    ['--as', 'ada@alder', '--purpose', 'Spying!'],
  ];
  const ran = await Promise.all(wrong.map((args) => concord(['token', '--data', data, ...args])));
  assert.deepEqual(
    ran.map(({ status, stdout }) => ({ status, stdout })),
    wrong.map(() => ({ status: 2, stdout: '' })),
  );
});
