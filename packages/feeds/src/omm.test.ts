import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { NOW } from './decode/passes.testing.ts';
import { KeptIntake } from './intake.testing.ts';
import { startCatalogueFeed } from './omm.ts';

const set = (satNo: number, meanAnomaly = 10): object => ({
  ...{ OBJECT_NAME: `EXERCISE ${satNo}`, OBJECT_ID: '2026-001A', EPOCH: '2026-11-24T00:00:00' },
  ...{ MEAN_MOTION: 15, ECCENTRICITY: 0.001, INCLINATION: 97, RA_OF_ASC_NODE: 1, ARG_OF_PERICENTER: 2 },
  ...{ MEAN_ANOMALY: meanAnomaly, NORAD_CAT_ID: satNo, BSTAR: 0 },
});

function follow(t: TestContext, source: string, intake: KeptIntake): void {
  const imaging = new Map([[2, { halfSwath_km: 60 }]]);
  const feed = startCatalogueFeed({
    intake,
    source,
    now: () => NOW,
    random: () => 0.5,
    intervalMs: 15,
    imaging,
  });
  t.after(() => feed.stop());
}

async function served(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse, number: number) => void,
): Promise<string> {
  let number = 0;
  const server = createServer((request, response) => answer(request, response, number++));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}/gp.json`;
}

const series = (intake: KeptIntake): string[] => intake.items.map((item) => item.series);

test('a server is asked whether its catalogue has changed, and only changed sets are submitted', async (t) => {
  const asked: (string | undefined)[] = [];
  const address = await served(t, (request, response, number) => {
    asked.push(request.headers['if-none-match']);
    if (number === 1) return response.writeHead(304).end();
    const sets = number === 0 ? [set(1), set(2)] : [set(1), set(2, 20), set(3)];
    return response.writeHead(200, { ETag: `"v${number}"` }).end(JSON.stringify(sets));
  });
  const intake = new KeptIntake();
  follow(t, `http://${address}`, intake);
  await intake.until(({ items }) => items.length === 4);
  assert.deepEqual(series(intake), ['1', '2', '2', '3']);
  assert.deepEqual(asked.slice(0, 3), [undefined, '"v0"', '"v0"']);
  assert.deepEqual(intake.items[1]?.record['imaging'], { halfSwath_km: 60 });
  await intake.until(({ states }) => states.length > 5);
  assert.deepEqual(
    intake.states.slice(0, 4).map(([, message]) => message),
    ['reading', '2 element sets, 2 changed', '2 element sets, not changed', '3 element sets, 2 changed'],
  );
  assert.equal(intake.items.length, 4);
});

test('a server without ETags is asked by date, and its same document submits nothing twice', async (t) => {
  const asked: (string | undefined)[] = [];
  const date = 'Tue, 24 Nov 2026 00:00:00 GMT';
  const address = await served(t, (request, response) => {
    asked.push(request.headers['if-modified-since']);
    response.writeHead(200, { 'Last-Modified': date }).end(JSON.stringify([set(1)]));
  });
  const intake = new KeptIntake();
  follow(t, `http://${address}`, intake);
  await intake.until(({ states }) => states.length > 4);
  assert.deepEqual(series(intake), ['1']);
  assert.deepEqual(asked.slice(0, 2), [undefined, date]);
});

test('credentials of the URL are sent as a header and stand in no message', async (t) => {
  const heard: (string | undefined)[] = [];
  const address = await served(t, (request, response) => {
    heard.push(request.headers.authorization, request.url);
    response.writeHead(401).end();
  });
  const intake = new KeptIntake();
  follow(t, `http://gauge:tide-9@${address}`, intake);
  await intake.until(({ states }) => states.some(([state]) => state === 'failed'));
  assert.deepEqual(heard.slice(0, 2), [
    `Basic ${Buffer.from('gauge:tide-9').toString('base64')}`,
    '/gp.json',
  ]);
  assert.ok(!JSON.stringify(intake.states).includes('tide-9'));
});

test('a reading that fails is told, leaves the last one standing, and is tried again', async (t) => {
  const address = await served(t, (_request, response, number) => {
    if (number === 1) response.writeHead(503).end();
    else if (number === 2) response.destroy();
    else if (number === 3) response.end('<html>moved</html>');
    else response.end(JSON.stringify(number < 4 ? [set(1)] : [set(1), set(2)]));
  });
  const intake = new KeptIntake();
  follow(t, `http://${address}`, intake);
  await intake.until(({ items }) => items.length === 2);
  assert.deepEqual(series(intake), ['1', '2']);
  const failures = intake.states.flatMap(([state, message]) => (state === 'failed' ? [message] : []));
  assert.match(String(failures[0]), /^the server answers with status 503; the last reading stands$/);
  assert.match(String(failures[1]), /^http:\/\/127\.0\.0\.1:\d+: \w+; /);
  assert.match(String(failures[2]), /^no catalogue/);
});

test('a store that fails in the middle gets the sets again that it has not', async (t) => {
  const address = await served(t, (_request, response) => {
    response.end(JSON.stringify([set(1), set(2)]));
  });
  const intake = new KeptIntake();
  intake.failures = 1;
  follow(t, `http://${address}`, intake);
  await intake.until(({ states }) => states.filter(([state]) => state === 'running').length === 2);
  assert.deepEqual(series(intake), ['1', '2']);
});

test('a file is read again when it changes; what cannot be read of it is quarantined', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-omm-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'catalogue');
  writeFileSync(file, JSON.stringify([set(1), { NORAD_CAT_ID: 'x', OBJECT_NAME: 'y' }]));
  const intake = new KeptIntake();
  follow(t, file, intake);
  await intake.until(({ states }) => states.length > 3);
  assert.deepEqual([series(intake), intake.quarantined.length], [['1'], 1]);
  writeFileSync(file, JSON.stringify([set(1), set(7)]));
  await intake.until(({ items }) => items.length === 2);
  assert.deepEqual(series(intake), ['1', '7']);
  rmSync(file);
  await intake.until(({ states }) => states.at(-1)?.[0] === 'failed');
  assert.match(String(intake.states.at(-1)?.[1]), /^the file: ENOENT; /);
  assert.ok(!String(intake.states.at(-1)?.[1]).includes(folder));
});
