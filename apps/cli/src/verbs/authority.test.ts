import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PartyId } from '@concord/label';
import { inventedKeys, publicKeys } from '@concord/server';
import { concord } from '../cli.testing.ts';

const DEMO = fileURLToPath(new URL('../../../server/demo/strait-watch.yaml', import.meta.url));

let folder: string;
let key: string;
let server: Server;
let url: string;
const asked: { readonly method: string; readonly path: string; readonly body: unknown }[] = [];

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request) text += String(part);
  return text === '' ? undefined : JSON.parse(text);
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concord-cli-'));
  inventedKeys(folder, ['alder' as PartyId]);
  key = join(folder, 'party-keys', 'alder.jwk');
  // What the verbs send is looked at here; that a node does it is what tests/node/authority.test.ts shows.
  server = createServer(async (request, response) => {
    asked.push({ method: request.method ?? '', path: request.url ?? '', body: await bodyOf(request) });
    response.setHeader('content-type', 'application/json');
    response.end('{"done":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const acting = () => ['--token', 'x', '--url', url];
const payloadOf = (jws: string) =>
  JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

test('a version is signed offline over its text and every file that it names', async () => {
  const ran = await concord(['agreement', 'sign', DEMO, '--party', 'alder', '--key', key]);
  assert.equal(ran.status, 0, ran.stderr);
  const payload = payloadOf(ran.stdout.trim());
  assert.equal(payload['party'], 'alder');
  assert.deepEqual([payload['agreement'], payload['version']], ['strait-watch', 1]);
  assert.deepEqual(Object.keys(payload['files'] as object), [
    'areas/approaches.geojson',
    'areas/corridor.geojson',
  ]);
  const stranger = await concord(['agreement', 'sign', DEMO, '--party', 'cedar', '--key', key]);
  assert.equal(stranger.status, 2);
  assert.match(stranger.stderr, /alder, birch/);
});

test('signing takes a private key, and a file without findings', async () => {
  const open = join(folder, 'open.jwk');
  const keys = publicKeys(new Map([['alder' as PartyId, JSON.parse(readFileSync(key, 'utf8'))]]));
  writeFileSync(open, JSON.stringify(keys.get('alder' as PartyId)?.[0]));
  const ran = await concord(['agreement', 'sign', DEMO, '--party', 'alder', '--key', open]);
  assert.equal(ran.status, 2);
  const rsa = join(folder, 'rsa.jwk');
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(rsa, JSON.stringify(pair.privateKey.export({ format: 'jwk' })));
  assert.equal((await concord(['agreement', 'sign', DEMO, '--party', 'alder', '--key', rsa])).status, 2);
  const broken = join(folder, 'broken.yaml');
  writeFileSync(broken, 'agreement: x\n');
  const refused = await concord(['agreement', 'sign', broken, '--party', 'alder', '--key', key]);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /missing-key/);
});

test('a certificate and its withdrawal are made offline', async () => {
  const issued = await concord([
    ...['clearance', 'issue', 'ada@alder', '--level', 'SECRET', '--compartment', 'A:X', '--id', 'c-7'],
    ...['--until', '2027-01-01T00:00:00Z', '--key', key],
  ]);
  assert.equal(issued.status, 0, issued.stderr);
  const claims = payloadOf(issued.stdout.trim());
  assert.deepEqual(
    [claims['jti'], claims['iss'], claims['sub'], claims['level'], claims['compartments'], claims['exp']],
    ['c-7', 'alder', 'ada@alder', 'SECRET', ['A:X'], Date.parse('2027-01-01T00:00:00Z') / 1000],
  );
  const withdrawn = await concord([
    ...['clearance', 'withdraw', 'c-7', '--party', 'alder', '--key', key, '--reason', 'left'],
  ]);
  assert.equal(withdrawn.status, 0, withdrawn.stderr);
  assert.equal(payloadOf(withdrawn.stdout.trim())['clearance'], 'c-7');
});

test('each verb asks for what it says', async () => {
  const until = '2027-01-01T00:00:00.000Z';
  const wish = {
    officer: 'ada@alder',
    agreement: 'strait-watch',
    level: 'SECRET',
    compartments: [],
    purposes: ['rescue'],
    until,
  };
  const why = ['--reason', 'why'];
  const nominate = [
    'grant',
    'nominate',
    'ada@alder',
    '--agreement',
    'strait-watch',
    '--level',
    'SECRET',
    '--for',
    'rescue',
    '--until',
    until,
  ];
  const cases: [args: string[], path: string, body: unknown][] = [
    [['agreement', 'propose', 'strait-watch/2'], '/api/agreements/strait-watch/versions/2/propose', {}],
    [['agreement', 'approve', 'strait-watch/2'], '/api/agreements/strait-watch/versions/2/approvals', {}],
    [['agreement', 'activate', 'strait-watch/2'], '/api/agreements/strait-watch/versions/2/activate', {}],
    [
      ['agreement', 'withdraw', 'strait-watch/2', ...why],
      '/api/agreements/strait-watch/versions/2/withdraw',
      { reason: 'why' },
    ],
    [
      ['agreement', 'suspend', 'strait-watch', ...why],
      '/api/agreements/strait-watch/suspend',
      { reason: 'why' },
    ],
    [['agreement', 'resume', 'strait-watch'], '/api/agreements/strait-watch/resume', {}],
    [
      ['agreement', 'terminate', 'strait-watch', ...why],
      '/api/agreements/strait-watch/terminate',
      { reason: 'why' },
    ],
    [
      ['agreement', 'incident', 'strait-watch', ...why],
      '/api/agreements/strait-watch/incidents',
      { says: 'why' },
    ],
    [
      ['agreement', 'notice', 'strait-watch', '--effective', until, ...why],
      '/api/agreements/strait-watch/notice',
      { reason: 'why', effective: until },
    ],
    [
      ['assurance', 'confirm', 'strait-watch/own-use'],
      '/api/agreements/strait-watch/assurances/own-use/confirm',
      {},
    ],
    [
      ['assurance', 'breach', 'strait-watch/own-use', ...why],
      '/api/agreements/strait-watch/assurances/own-use/breach',
      { reason: 'why' },
    ],
    [
      ['assurance', 'restore', 'strait-watch/own-use'],
      '/api/agreements/strait-watch/assurances/own-use/restore',
      {},
    ],
    [[...nominate, '--clearance', 'c-7'], '/api/grants', { ...wish, clearance: 'c-7' }],
    [[...nominate, '--break-glass', ...why], '/api/break-glass', { ...wish, reason: 'why' }],
    [['grant', 'accept', 'g-1'], '/api/grants/g-1/accept', {}],
    [['grant', 'revoke', 'g-1'], '/api/grants/g-1/revoke', { reason: '' }],
  ];
  for (const [args, path, body] of cases) {
    asked.length = 0;
    const ran = await concord([...args, ...acting()]);
    assert.equal(ran.status, 0, `${args.join(' ')}: ${ran.stderr}`);
    assert.deepEqual(asked, [{ method: 'POST', path, body }], args.join(' '));
    assert.deepEqual(ran.lines(), [{ done: true }]);
  }
});

test('what is missing or no name is a matter of usage, and nothing is asked', async () => {
  asked.length = 0;
  for (const args of [
    ['agreement', 'suspend', 'strait-watch'],
    ['agreement', 'suspend', '../grants', '--reason', 'x'],
    ['agreement', 'approve', 'strait-watch'],
    ['assurance', 'breach', 'strait-watch/x/y', '--reason', 'x'],
    ['grant', 'accept', '../x'],
    ['grant', 'nominate', 'ada@alder', '--agreement', 'a', '--level', 'S', '--until', 'tomorrow'],
    ['agreement', 'hand-in', 'strait-watch/2', join('/', 'nowhere', 'x')],
  ])
    assert.equal((await concord([...args, ...acting()])).status, 2, args.join(' '));
  assert.deepEqual(asked, []);
});
