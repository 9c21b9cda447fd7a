import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { concord } from '../cli.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-doctor-'));
after(() => rmSync(folder, { recursive: true }));

const named = (lines: Record<string, unknown>[], name: string) => lines.find(({ check }) => check === name);

test('a running node is found by its folder, and said to be well', async (t) => {
  const http = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(request.url === '/readyz' ? '{"database":"ok"}' : '{"status":"ok"}');
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  t.after(() => http.close());
  const url = `http://localhost:${(http.address() as AddressInfo).port}`;
  writeFileSync(join(folder, 'node.json'), JSON.stringify({ url, operatorUrl: url, pid: process.pid }));
  const { status, stderr, lines } = await concord(['doctor', '--data', folder]);
  assert.equal(status, 0, stderr);
  const checks = lines();
  assert.ok(checks.every(({ ok }) => ok === true));
  for (const check of ['version', 'database binaries', 'data folder', 'process', 'server', 'ready'])
    assert.ok(named(checks, check), check);
  assert.match(String(named(checks, 'ready')?.['detail']), /database ok/);
});

test('a node that was killed, a server that is away and a configuration that is none are wrong', async () => {
  writeFileSync(join(folder, 'node.json'), '{"url":"http://localhost:9","pid":4194305}');
  const config = join(folder, 'concord.yaml');
  writeFileSync(config, 'name: [');
  const { status, lines } = await concord(['doctor', '--data', folder, '--config', config]);
  assert.equal(status, 1);
  const wrong = lines().filter(({ ok }) => ok === false);
  assert.deepEqual(wrong.map(({ check }) => check).sort(), ['configuration', 'process', 'server']);
});

test('secrets of the environment are named and not shown', async () => {
  const env = { CONCORD_NTRIP_PORT: 'someone:s3cret', CONCORD_OIDC_SECRET: 's3cret', CONCORD_DATA: folder };
  const { stdout } = await concord(['doctor', '--url', 'http://localhost:9'], { env });
  assert.match(stdout, /CONCORD_OIDC_SECRET/);
  assert.doesNotMatch(stdout, /s3cret/);
});
