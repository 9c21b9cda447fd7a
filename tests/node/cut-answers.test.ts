import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import type { IncomingItem } from '@concord/intake';
import type { OfficerId, PartyId } from '@concord/label';
import { demoLabel, type NodeConfig } from '@concord/server';
import { type HandedWatch, watchHanded } from './handed.ts';
import { pause, type TestNode, testNode, until } from './harness.ts';

/** Officers of one party with a grant each: every test has one revoked. */
const NAMES = ['ahead', 'large', 'events', 'silent', 'early', 'short'] as const;
type Name = (typeof NAMES)[number];
const officerOf = (name: Name) => `${name}@birch`;

function withOfficers(config: NodeConfig): NodeConfig {
  const ben = config.officers.find((one) => one.id === 'ben@birch');
  const grant = config.grants.find((one) => one.officer === 'ben@birch');
  assert.ok(ben && grant);
  return {
    ...config,
    officers: [...config.officers, ...NAMES.map((name) => ({ ...ben, id: officerOf(name) as OfficerId }))],
    grants: [
      ...config.grants,
      ...NAMES.map((name) => ({
        ...grant,
        id: `of-${name}` as typeof grant.id,
        officer: officerOf(name) as OfficerId,
      })),
    ],
  };
}

let t: TestNode;
let port: number;
let watch: HandedWatch;
before(async () => {
  t = await testNode(withOfficers);
  port = Number(new URL(t.node.url).port);
  watch = watchHanded(t.node, port);
});
after(async () => {
  watch?.stop();
  await t?.close();
});

const feedOf = (feed: string) =>
  t.node.intake.open({
    party: 'alder' as PartyId,
    feed,
    source: 'made up',
    format: 'made up',
    label: demoLabel('alder'),
  });

/** A position in the corridor. */
function position(receiver: string, note: string): IncomingItem {
  const time = Date.now();
  const [lat, lon] = [32.05, -41];
  const record = { receiver, ts: new Date(time).toISOString(), lat, lon, alt: 12, note };
  return { kind: 'gnss.position', time, series: receiver, place: { point: { lat, lon } }, record };
}

interface Bare {
  readonly socket: Socket;
  readonly bytes: number;
  /** The beginning of what came, as text. */
  readonly text: string;
  readonly closed: boolean;
}

/** Requests written as they are on one connection, sent ahead of each other's answers. */
async function bare(name: Name, ...paths: string[]): Promise<Bare> {
  const token = await t.token(officerOf(name));
  const socket = connect(port, '127.0.0.1');
  const state = { socket, bytes: 0, text: '', closed: false };
  socket.on('data', (part: Buffer) => {
    state.bytes += part.length;
    if (state.text.length < 100_000) state.text += part.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    state.closed = true;
  });
  const head = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`;
  socket.write(paths.map(head).join(''));
  return state;
}

async function revoke(name: Name) {
  const answer = await t.ask('chair@authority', `/api/grants/of-${name}/revoke`, {});
  assert.equal(answer.status, 200, answer.text);
  return answer.body['cutoffs'] as { stream: string; acknowledged: boolean }[];
}

test('an answer sent for ahead of another on its connection is decided when its turn comes', async () => {
  await feedOf('quiet').accept([position('r0', 'seen')]);
  // Pipelining (RFC 9112, 9.3.2): the first answer ends when its reader is cut, and then the second has its turn.
  const client = await bare(
    'ahead',
    '/live/sse?stream=alder/quiet/gnss.position',
    '/api/items?stream=alder/quiet/gnss.position',
  );
  await pause(500);
  await revoke('ahead');
  await pause(400);
  client.socket.destroy();
  assert.ok(client.text.includes('event: cut'));
  assert.deepEqual(watch.afterHold, []);
});

test('answers sent for ahead come whole and in order where nobody is cut', async () => {
  await feedOf('quiet').accept([position('r1', 'seen')]);
  const client = await bare('short', '/api/items?limit=1', '/api/streams', '/api/latest', '/api/me');
  await until(() => client.text.includes('"officer":"short@birch"'));
  const order = ['"next":"', '"streams":', '"next":null', '"officer":'].map((mark) =>
    client.text.indexOf(mark),
  );
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
  assert.ok(order.every((at) => at > 0));
  client.socket.destroy();
});

test('a large answer that its reader does not take ends where its reader is cut', async () => {
  const series = Array.from({ length: 30_000 }, (_, i) => `m${i}`);
  for (let at = 0; at < series.length; at += 5000) {
    await feedOf('many').accept(
      series.slice(at, at + 5000).map((receiver) => position(receiver, 'x'.repeat(600))),
    );
  }
  const client = await bare('large', '/api/latest?stream=alder/many/gnss.position');
  await until(() => client.bytes > 0, 30_000);
  client.socket.pause();
  await pause(300);
  await revoke('large');
  client.socket.resume();
  await until(() => client.closed);
  const whole = Number(/content-length: (\d+)/i.exec(client.text)?.[1]);
  assert.ok(whole > 20_000_000, `${whole} bytes in all`);
  assert.ok(client.bytes < whole, `${client.bytes} of ${whole} bytes were given`);
  assert.deepEqual(watch.afterHold, []);
});

test('an event stream that is read is heard out when it is cut, and one that is not is reset', async () => {
  await feedOf('quiet').accept([position('r2', 'seen')]);
  const path = '/live/sse?stream=alder/quiet/gnss.position';
  const reading = await bare('events', path);
  await until(() => reading.text.includes('"live"'));
  await feedOf('quiet').accept([position('r2', 'the last')]);
  await until(() => reading.text.includes('the last'));
  const cutoffs = await revoke('events');
  assert.deepEqual(
    cutoffs.map((one) => one.acknowledged),
    [true],
  );
  assert.ok(reading.closed && reading.text.includes('event: cut'));

  const silent = await bare('silent', path);
  await until(() => silent.text.includes('"live"'));
  silent.socket.pause();
  const called = performance.now();
  assert.deepEqual(
    (await revoke('silent')).map((one) => one.acknowledged),
    [false],
  );
  assert.ok(performance.now() - called >= 200, 'it was given time to answer');
  silent.socket.resume();
  await until(() => silent.closed);
});

test('a reader that is held while it connects goes on with what it still has', async () => {
  const own = t.node.intake.open({
    party: 'birch' as PartyId,
    feed: 'own',
    source: 'made up',
    format: 'made up',
    label: demoLabel('birch'),
  });
  await own.accept([position('b', 'first')]);
  const { release } = t.node;
  const admit = release.admit.bind(release);
  release.admit = async (principal) => {
    const reader = await admit(principal);
    if (principal.officer === officerOf('early')) await revoke('early');
    return reader;
  };
  const client = await t.live(officerOf('early'), { streams: ['*'] });
  await client.until(() => client.controls.some((one) => one['phase'] === 'live'));
  await own.accept([position('b', 'second')]);
  await client.until(() => client.items.some((one) => one['stream'] === 'birch/own/gnss.position'));
  client.close();
  release.admit = admit;
  assert.deepEqual(t.errors, []);
});
