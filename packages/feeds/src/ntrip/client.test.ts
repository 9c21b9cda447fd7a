import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { recording } from '../decode/recording.testing.ts';
import { KeptIntake } from '../intake.testing.ts';
import type { NtripAddress } from './address.ts';
import { Caster } from './caster.ts';
import { type NtripFeedOptions, startNtripFeed } from './client.ts';
import { fetchSourceTable } from './connection.ts';
import type { SourceStream } from './source-table.ts';

const STREAM: SourceStream = {
  ...{ mount: 'XR1', identifier: 'one', format: 'RTCM 3.3', formatDetails: '', carrier: 2, navSystem: 'BDS' },
  ...{ network: 'exercise', country: '', lat: 32, lon: -41, wantsGga: false, networkSolution: false },
  ...{ generator: 'Concord', authentication: 'B', fee: false, bitrate: null },
};
const CREDENTIALS = { user: 'gauge', password: 'tide-9' };
const NEAR = Date.parse('2018-07-12T23:40:00Z');

const addressOf = (port: number): NtripAddress => ({
  host: '127.0.0.1',
  port,
  mount: 'XR1',
  secure: false,
  ...CREDENTIALS,
});

function follow(t: TestContext, intake: KeptIntake, port: number, more: Partial<NtripFeedOptions> = {}) {
  const feed = startNtripFeed({
    intake,
    address: addressOf(port),
    now: () => NEAR,
    random: () => 0.5,
    firstPauseMs: 10,
    longestPauseMs: 80,
    ...more,
  });
  t.after(() => feed.stop());
  return feed;
}

/** A server that does with each connection what its number asks for. */
async function scripted(t: TestContext, serve: (socket: Socket, number: number) => void): Promise<number> {
  let number = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket, number++);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

for (const version of [1, 2] as const) {
  test(`version ${version}: a mount point’s observations and ephemerides arrive`, async (t) => {
    const bytes = recording(t, 'gnss/STR24_dropped-packets.rtcm3')?.subarray(401, 80_000);
    if (bytes === undefined) return;
    const caster = await Caster.start({
      mounts: [{ stream: STREAM, greeting: () => bytes.subarray(0, 60_000) }],
      credentials: CREDENTIALS,
    });
    t.after(() => caster.close());
    const intake = new KeptIntake();
    follow(t, intake, caster.port, { version });
    await intake.until(({ items }) => items.length > 20);
    const before = intake.items.length;
    caster.publish('XR1', bytes.subarray(60_000));
    await intake.until(({ items }) => items.length > before + 10);
    assert.equal(intake.of('gnss.observation')[0]?.series, 'XR1');
    assert.ok(intake.of('gnss.ephemeris').length > 0);
    assert.ok(intake.quarantined.every(({ code }) => code === 'unsupported'));
    assert.equal(intake.states.at(-1)?.[0], 'running');
  });

  test(`version ${version}: wrong credentials are told, and never shown`, async (t) => {
    const caster = await Caster.start({ mounts: [{ stream: STREAM }], credentials: CREDENTIALS });
    t.after(() => caster.close());
    const intake = new KeptIntake();
    follow(t, intake, caster.port, { version, address: { ...addressOf(caster.port), password: 'wrong-77' } });
    await intake.until(({ states }) => states.some(([state]) => state === 'failed'));
    assert.match(
      String(intake.states.at(-1)?.[1]),
      /name and password are wanted or refused; again in \d+ ms/,
    );
    assert.ok(!JSON.stringify(intake.states).includes('wrong-77'));
    assert.equal(caster.clients('XR1'), 0);
  });

  test(`version ${version}: a mount point that is not there is told`, async (t) => {
    const caster = await Caster.start({ mounts: [{ stream: STREAM }] });
    t.after(() => caster.close());
    const intake = new KeptIntake();
    follow(t, intake, caster.port, { version, address: { ...addressOf(caster.port), mount: 'NONE' } });
    await intake.until(({ states }) => states.some(([state]) => state === 'failed'));
    assert.match(String(intake.states.at(-1)?.[1]), /no such mount point/);
  });

  test(`version ${version}: the source table is read`, async (t) => {
    const caster = await Caster.start({ mounts: [{ stream: STREAM }], credentials: CREDENTIALS });
    t.after(() => caster.close());
    const table = await fetchSourceTable(addressOf(caster.port), { version });
    assert.deepEqual(table, { streams: [STREAM], complete: true, skipped: [] });
  });
}

test('garbage in the stream costs only itself', async (t) => {
  const bytes = recording(t, 'gnss/STR24_dropped-packets.rtcm3')?.subarray(401, 30_000);
  if (bytes === undefined) return;
  const caster = await Caster.start({ mounts: [{ stream: STREAM }] });
  t.after(() => caster.close());
  const intake = new KeptIntake();
  follow(t, intake, caster.port);
  while (caster.clients('XR1') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  caster.publish('XR1', new Uint8Array(300).fill(0xd3));
  caster.publish('XR1', bytes);
  await intake.until(({ items }) => items.length > 30);
  const garbage = intake.quarantined.filter(({ code }) => code !== 'unsupported');
  assert.deepEqual(
    garbage.map(({ place }) => place),
    [{ byte: 0, length: 300 }],
  );
});

test('a caster that falls silent, refuses, or breaks off is left and taken up again', async (t) => {
  const bytes = recording(t, 'gnss/STR24_dropped-packets.rtcm3')?.subarray(401, 10_000);
  if (bytes === undefined) return;
  const port = await scripted(t, (socket, number) => {
    if (number === 0) socket.write('ICY 200 OK\r\n\r\n');
    else if (number === 1) socket.end('what?\r\n');
    else if (number === 2) socket.resetAndDestroy();
    else if (number === 3) socket.write('HTTP/1.1 200');
    else if (number === 4) {
      socket.write('ICY 200 OK\r\n\r\n');
      socket.end(bytes);
    } else {
      socket.write('ICY 200 OK\r\n\r\n');
      socket.write(bytes);
    }
  });
  const intake = new KeptIntake();
  follow(t, intake, port, { stallMs: 60, connectMs: 60 });
  await intake.until(({ states }) => states.filter(([state]) => state === 'running').length === 2);
  const reasons = intake.states.flatMap(([state, message]) =>
    state === 'waiting' ? [message?.split(';')[0]] : [],
  );
  assert.deepEqual(reasons, [
    'connecting',
    'nothing came for 60 ms',
    'the answer is none of a caster',
    'the caster broke the connection',
    'nothing came for 60 ms',
    'the caster closed the connection',
  ]);
  const pauses = intake.states.flatMap(
    ([, message]) =>
      /again in (\d+) ms/
        .exec(message ?? '')
        ?.slice(1)
        .map(Number) ?? [],
  );
  // Twice as long each time up to the longest, short again after items; the jitter is held at three quarters.
  assert.deepEqual(pauses, [8, 15, 30, 60, 8]);
  const [first, second] = [intake.of('gnss.observation')[0], intake.items.length];
  assert.ok(first !== undefined && second > 0);
});

test('nobody there is waited for', async (t) => {
  const caster = await Caster.start({ mounts: [{ stream: STREAM }] });
  const { port } = caster;
  await caster.close();
  const intake = new KeptIntake();
  follow(t, intake, port);
  await intake.until(({ states }) => states.length > 2);
  assert.match(
    String(intake.states[1]?.[1]),
    /^ntrip:\/\/127\.0\.0\.1:\d+\/XR1: ECONNREFUSED; again in 8 ms$/,
  );
});

test('a caster that asks for it is told where the client is', async (t) => {
  const heard: string[] = [];
  const intake = new KeptIntake();
  const port = await scripted(t, (socket) => {
    socket.on('data', (bytes) => heard.push(bytes.toString()));
    socket.write('ICY 200 OK\r\n\r\n');
  });
  follow(t, intake, port, { position: { lat: 32, lon: -41, alt: 0 }, ggaMs: 20 });
  const gga = () => heard.join('').split('$GPGGA,234000.00,3200.00000,N,04100.00000,W').length - 1;
  while (gga() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.match(
    heard.join(''),
    /^GET \/XR1 HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nNtrip-Version: Ntrip\/2\.0\r\n/,
  );
});

test('stopping ends the connection, and nothing follows', async (t) => {
  const caster = await Caster.start({ mounts: [{ stream: STREAM }] });
  t.after(() => caster.close());
  const intake = new KeptIntake();
  const feed = follow(t, intake, caster.port);
  while (caster.clients('XR1') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await feed.stop();
  assert.deepEqual(intake.states.at(-1), ['done', 'stopped']);
  while (caster.clients('XR1') > 0) await new Promise((resolve) => setTimeout(resolve, 5));
});
