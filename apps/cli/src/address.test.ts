import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addressOf, nodeFile, serverAddress } from './address.ts';
import { duration } from './duration.ts';
import { instant } from './instant.ts';
import { UsageError } from './verb.ts';

test('a loopback address is connected to as given and known by the name that the node has for itself', () => {
  const { base, origin } = addressOf('http://127.0.0.1:8123/', '--url');
  assert.equal(base, 'http://127.0.0.1:8123');
  assert.equal(origin, 'http://localhost:8123');
  assert.equal(addressOf('https://concord.example/ledger/x', '--url').origin, 'https://concord.example');
});

test('what is no http address, or carries a password, is refused', () => {
  for (const text of ['localhost:8080', 'ftp://localhost', 'http://ada:secret@localhost', ''])
    assert.throws(() => addressOf(text, '--url'), UsageError, text);
});

test('the server is found by --url, then the environment, then the node of the folder, then by default', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-address-'));
  const before = process.env['CONCORD_URL'];
  t.after(() => {
    rmSync(folder, { recursive: true });
    if (before === undefined) delete process.env['CONCORD_URL'];
    else process.env['CONCORD_URL'] = before;
  });
  delete process.env['CONCORD_URL'];
  assert.equal(serverAddress(undefined, folder).from, 'default');
  assert.equal(nodeFile(folder), undefined);
  writeFileSync(join(folder, 'node.json'), '{"url":"http://localhost:4711","pid":');
  assert.equal(nodeFile(folder), undefined, 'half a file is none');
  writeFileSync(join(folder, 'node.json'), '{"url":"http://localhost:4711","pid":7}');
  assert.equal(serverAddress(undefined, folder).base, 'http://localhost:4711');
  process.env['CONCORD_URL'] = 'http://localhost:4712';
  assert.equal(serverAddress(undefined, folder).base, 'http://localhost:4712');
  assert.equal(serverAddress('http://localhost:4713', folder).base, 'http://localhost:4713');
});

test('durations have a unit', () => {
  assert.equal(duration('--ttl', '90s'), 90_000);
  assert.equal(duration('--ttl', '1.5h'), 5_400_000);
  assert.equal(duration('--ttl', '1d'), 86_400_000);
  for (const text of ['', '1', 'h', '-1h', '0s', '1e3s', '1h30m'])
    assert.throws(() => duration('--ttl', text), UsageError, text);
});

test('instants are in UTC and on the calendar', () => {
  assert.equal(instant('--at', '2020-06-25T12:00:00Z'), Date.UTC(2020, 5, 25, 12));
  assert.equal(instant('--at', '2020-06-25T12:00Z'), Date.UTC(2020, 5, 25, 12));
  assert.equal(instant('--at', '2020-06-25T12:00:00.1234Z'), Date.UTC(2020, 5, 25, 12) + 123.4);
  for (const text of [
    '2020-06-25',
    '2020-06-25T12:00:00',
    '2020-06-25T12:00:00+02:00',
    '2021-02-29T00:00:00Z',
    'now',
  ])
    assert.throws(() => instant('--at', text), UsageError, text);
});
