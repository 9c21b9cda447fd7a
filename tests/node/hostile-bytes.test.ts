import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { encodeSentences } from '@concord/ais';
import { assertProblem, type Json, pause, type TestNode, testNode, until } from './harness.ts';

let t: TestNode;
before(async () => {
  t = await testNode();
});
after(() => t.close());

const text = (lines: string): Uint8Array => Buffer.from(lines, 'latin1');
const healthy = async () => assert.equal((await fetch(`${t.node.url}/healthz`)).status, 200);
const SHIP = { type: 1, mmsi: 211_000_001, lat: 25.5, lon: 56.5, speed: 10 } as const;
const GOOD_AIS = `${encodeSentences(SHIP).join('\r\n')}\r\n`;
const noise = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + seed, 2_654_435_761) >>> 11) & 255);

/** Opens a bare connection to the node. */
async function bare(): Promise<Socket & { heard: () => Buffer }> {
  const socket = connect(Number(new URL(t.node.url).port), '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (data) => parts.push(data));
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  return Object.assign(socket, { heard: () => Buffer.concat(parts) });
}

/** Writes bytes as they are and gives all that comes until the connection ends, or a while has passed. */
async function rawHttp(bytes: string, ms = 3000): Promise<string> {
  const socket = await bare();
  socket.write(bytes, 'latin1');
  await Promise.race([new Promise((resolve) => socket.once('close', resolve)), pause(ms)]);
  socket.destroy();
  return socket.heard().toString('latin1');
}

test('no path leads out of the ledger', async () => {
  const absent = await t.ask('chair@authority', '/ledger/strait-watch/nowhere');
  assertProblem(absent, 404, 'not-found');
  const ways = ['../../secrets.json', '..%2f..%2fsecrets.json', '%2e%2e/%2e%2e/secrets.json', 'tile/../../x'];
  const more = ['tile/0/..%2f..%2f000', 'tile/0/000%00', '..\\..\\x', '/etc/passwd', '%2fetc%2fpasswd'];
  for (const way of [...ways, ...more, 'tile/0/x999/x999/x999/999', 'tile/99/000', '.', '%252e%252e%252fx']) {
    const status = await rawHttp(
      `GET /ledger/strait-watch/${way} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${await t.token(
        'chair@authority',
      )}\r\nConnection: close\r\n\r\n`,
    );
    assert.match(status, /^HTTP\/1\.1 404 /, way);
    assert.match(status, /"code":"not-found"/, way);
  }
  for (const log of ['..', '%2e%2e', '__proto__', '%00', 'strait-watch%2f..'])
    assert.equal((await t.ask('chair@authority', `/ledger/${log}/checkpoint`)).status, 404, log);
});

test('what is no proper HTTP gets one problem and the connection ends', async () => {
  const cases: [string, RegExp][] = [
    [`GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ${'x'.repeat(40_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    [`GET /${'y'.repeat(40_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['\u0016\u0003\u0001\u0000\u0005hello\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['GET / HTTP/9.9\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['POST /api/items HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'POST /api/items HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    ['GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['GET /api/feeds/%c0%80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 4/],
  ];
  for (const [bytes, status] of cases) {
    const answer = await rawHttp(bytes);
    assert.match(answer, status, bytes.slice(0, 40));
    assert.match(answer, /content-type: application\/problem\+json/i, answer.slice(0, 300));
    const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as Json;
    assert.match(String(body['code']), /^(bad-request|too-large|not-found)$/);
  }
  await healthy();
});

const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';

/** A WebSocket of which each byte is ours. */
async function bareLive() {
  const socket = await bare();
  const token = await t.token('ada@alder');
  socket.write(
    `GET /live HTTP/1.1\r\nHost: localhost\r\n${UPGRADE}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n` +
      `Authorization: Bearer ${token}\r\n\r\n`,
  );
  await until(() => socket.heard().includes('\r\n\r\n'), 3000);
  assert.match(socket.heard().toString('latin1'), /^HTTP\/1\.1 101 /);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const from = socket.heard().indexOf('\r\n\r\n') + 4;
  return { socket, closed, frames: () => socket.heard().subarray(from) };
}

/** A frame of a client, masked with zeros (RFC 6455, section 5.2). */
function clientFrame(first: number, payload: Uint8Array, masked = true): Buffer {
  const { length } = payload;
  const size = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 255] : [];
  if (length >= 65_536)
    size.push(127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255);
  size[0] = (size[0] ?? 0) | (masked ? 0x80 : 0);
  return Buffer.concat([Buffer.from([first, ...size]), Buffer.alloc(masked ? 4 : 0), payload]);
}

test('a frame that breaks the WebSocket protocol closes its connection with the code of the standard', async () => {
  const cases: [string, Uint8Array, number][] = [
    ['not masked', clientFrame(0x81, text('{}'), false), 1002],
    ['reserved bits', clientFrame(0xf1, text('{}')), 1002],
    ['an unknown opcode', clientFrame(0x83, text('{}')), 1002],
    ['a continuation of nothing', clientFrame(0x80, text('{}')), 1002],
    ['a ping in parts', clientFrame(0x09, text('x')), 1002],
    ['a ping that is too long', clientFrame(0x89, new Uint8Array(126)), 1002],
    ['no UTF-8', clientFrame(0x81, Uint8Array.of(0xc0, 0x80, 0xff)), 1007],
    ['larger than is taken', clientFrame(0x81, new Uint8Array(70_000).fill(0x20)), 1009],
    [
      'an announced size beyond measure',
      Uint8Array.of(0x81, 0xff, 127, 255, 255, 255, 255, 255, 255, 255),
      1009,
    ],
    ['a close with a wrong code', clientFrame(0x88, Uint8Array.of(0, 1)), 1002],
  ];
  for (const [what, bytes, code] of cases) {
    const { socket, closed, frames } = await bareLive();
    socket.write(bytes);
    await Promise.race([closed, pause(3000).then(() => assert.fail(`${what}: still open`))]);
    const said = frames();
    assert.equal(said[0], 0x88, `${what}: a close frame, not ${said.toString('hex')}`);
    assert.equal(said.readUInt16BE(2), code, what);
  }
  await until(() => t.node.release.counts.sessions === 0, 3000);
  await healthy();
});

test('wrong messages are each answered, and after twenty the connection is closed', async () => {
  const wrong = ['x', '[]', 'null', '{}', '{"type":"subscribe"}', '{"type":"subscribe","streams":[]}'];
  wrong.push('{"type":"ack","cursor":"x"}', '{"type":"ack"}', '{"type":"grant","to":"me"}');
  wrong.push(
    '{"type":"subscribe","streams":["*"],"cursor":"x"}',
    '{"type":"subscribe","streams":["*"],"more":1}',
  );
  const { socket, closed, frames } = await bareLive();
  for (const one of wrong) socket.write(clientFrame(0x81, text(one)));
  const errors = () => [
    ...frames()
      .toString('latin1')
      .matchAll(/"type":"error","code":"([a-z-]+)"/g),
  ];
  await until(() => errors().length >= wrong.length, 3000);
  assert.ok(errors().every(([, code]) => code === 'bad-message' || code === 'bad-cursor'));
  for (let i = errors().length; i < 40; i++)
    socket.write(
      clientFrame(
        i % 2 ? 0x81 : 0x82,
        noise(20, i).map((one) => one & 127),
      ),
    );
  await Promise.race([closed, pause(3000).then(() => assert.fail('still open'))]);
  assert.equal(errors().length, 20, 'and nothing is answered any more');
  const end = frames().indexOf(Buffer.from([0x03, 0xf0]));
  assert.ok(end > 0, 'closed with 1008');
  await healthy();
});

test('half-open, silent and dripping connections keep nobody from being served', async () => {
  const held: Socket[] = [];
  for (let i = 0; i < 30; i++) {
    const socket = await bare();
    held.push(socket);
    if (i % 3 === 0) socket.write('GET /api/items HTTP/1.1\r\nHost: x\r\nX-Drip: ');
    if (i % 3 === 1) {
      const head = `POST /api/feeds/x/runs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await t.token('ada@alder')}\r\n`;
      socket.write(`${head}Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{`);
    }
  }
  const half = await bareLive();
  half.socket.write(clientFrame(0x81, text('{"type":"subscribe","streams":["*"]}')));
  half.socket.write(clientFrame(0x01, text('{"type":')));
  half.socket.end();
  await Promise.race([half.closed, pause(3000).then(() => assert.fail('the half-closed one is still open'))]);
  const gone = await bareLive();
  gone.socket.resetAndDestroy();
  await until(() => t.node.release.counts.sessions === 0, 3000);
  const began = performance.now();
  await healthy();
  assert.equal((await t.ask('ada@alder', '/api/streams')).status, 200);
  const done = await t.feed('ada@alder', 'after', text(GOOD_AIS), { mode: 'TEST', source: 'after.ais' });
  assert.equal(done['acknowledged'], 1);
  assert.ok(performance.now() - began < 3000);
  for (const socket of held) socket.destroy();
  assert.deepEqual(t.errors, []);
});
