import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { encodeSentences } from '@concord/ais';
import { encodeMessage, stationMessage } from '@concord/gnss';
import { concord } from '../cli.testing.ts';
import { type RunsServerOptions, runsServer } from '../runs-server.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-replay-'));
after(() => rmSync(folder, { recursive: true }));

const sentences = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    encodeSentences({ type: 1, mmsi: 200_000_000 + n, lat: 57, lon: 10, speed: 9.9 }).join('\r\n'),
  ).join('\r\n');
/** Some 700 KB: three chunks. */
const vessels = join(folder, 'Vessels of May.ais');
writeFileSync(vessels, `${sentences(14_000)}\r\n`);
const size = 14_000 * (sentences(1).length + 2);

async function serving(t: TestContext, options?: RunsServerOptions) {
  const server = await runsServer(options);
  t.after(() => server.close());
  const replay = (...args: string[]) => concord(['replay', ...args, '--token', 'T', '--url', server.url]);
  return { server, replay };
}

test('feeds a file in and prints how far it is durable after each answer', async (t) => {
  const { server, replay } = await serving(t);
  const { status, lines, stderr } = await replay(vessels);
  assert.equal(status, 0, stderr);
  assert.deepEqual(server.begun, [{ source: 'Vessels of May.ais', mode: 'TEST', format: 'ais' }]);
  assert.equal(server.bytes().length, size);
  const feed = 'vessels-of-may';
  const steps = [262_144, 524_288, size].map((through) => ({ feed, acknowledged: through / 10, through }));
  assert.deepEqual(lines(), [...steps, { feed, done: true, acknowledged: size / 10 }]);
});

test('after lost connections and a restart it sends again from where the run is durable, and nothing else', async (t) => {
  const misfortunes = ['take', 'drop', 'forget', { status: 503, code: 'unavailable' }] as const;
  const durable = (taken: number) => Math.floor(taken / 100_000) * 100_000;
  const { server, replay } = await serving(t, { chunk: (n) => misfortunes[n - 1] ?? 'take', durable });
  const { status, stderr, lines } = await replay(vessels, '--feed', 'rec');
  assert.equal(status, 0, stderr);
  // 262,144 bytes taken; the second chunk dropped; the third taken and lost but for 400,000 bytes; then 503.
  assert.deepEqual(server.offsets, [0, 262_144, 200_000, 400_000, 400_000, 662_144]);
  assert.equal(server.bytes().length, size);
  assert.ok(server.bytes().toString('latin1').endsWith('\r\n'));
  assert.match(stderr, /trying again for a minute/);
  assert.equal(lines().at(-1)?.['done'], true);
});

test('says mode and label as asked, and hands on what the server has against them', async (t) => {
  const { server, replay } = await serving(t, {
    begin: () => ({ status: 400, code: 'bad-label', detail: 'classification: no such level' }),
  });
  const label = { policy: 'ALDER', classification: 'COSMIC' };
  const { status, stderr, stdout } = await replay(
    ...[vessels, '--feed', 'rec', '--mode', 'EXERCISE', '--label', JSON.stringify(label)],
  );
  assert.deepEqual(server.begun[0]?.['label'], { dataMode: 'EXERCISE', ...label });
  assert.equal(server.begun[0]?.['mode'], 'EXERCISE');
  assert.equal(status, 2);
  assert.match(stderr, /classification: no such level/);
  assert.equal(stdout, '');
});

test('of RTCM 3 the last line holds the positions against the point that the station tells', async (t) => {
  const recording = join(folder, 'station.rtcm3');
  const point = [-4_467_074.3577, 2_683_011.9038, -3_667_008.2845] as const;
  const station = encodeMessage(stationMessage(7, point));
  writeFileSync(recording, Buffer.concat([station, station, station]));
  const at = (east: number) => ({ item: { ecef: [point[0] + east, point[1], point[2]] } });
  const { replay } = await serving(t, {
    // One is there from before; the last page fills up while derivation goes on.
    pages: [
      { items: [at(99)], next: null },
      { items: [at(99)], next: null },
      { items: [at(99), at(3)], next: 'more' },
      { items: [], next: null },
      { items: [at(-4)], next: null },
      { items: [at(-4), at(5)], next: null },
    ],
  });
  const { status, stderr, lines } = await replay(recording, '--feed', 'rec');
  assert.equal(status, 0, stderr);
  assert.deepEqual(lines().at(-1), {
    feed: 'rec',
    kind: 'gnss.position',
    positions: 3,
    rms3d_m: Number(Math.sqrt((9 + 16 + 25) / 3).toFixed(3)),
    reference: [...point],
  });
});

test('--speed keeps to the times in the recording', async (t) => {
  const timed = join(folder, 'timed.ais');
  const tagged = (text: string) => {
    const sum = [...text].reduce((all, char) => all ^ char.charCodeAt(0), 0);
    return `\\${text}*${sum.toString(16).padStart(2, '0').toUpperCase()}\\`;
  };
  const sentence = encodeSentences({ type: 1, mmsi: 200_000_001 })[0];
  // Ten seconds, a sentence twenty times a second.
  const lines = Array.from({ length: 200 }, (_, n) => tagged(`c:${1_700_000_000_000 + n * 50}`) + sentence);
  writeFileSync(timed, `${lines.join('\r\n')}\r\n`);
  const { server, replay } = await serving(t);
  const started = performance.now();
  const { status, stderr } = await replay(timed, '--speed', '5');
  const elapsed = performance.now() - started;
  assert.equal(status, 0, stderr);
  assert.ok(server.offsets.length > 3, `${server.offsets.length} chunks`);
  assert.ok(elapsed > 1700 && elapsed < 6000, `${elapsed} ms`);
  assert.equal(server.bytes().toString('latin1'), `${lines.join('\r\n')}\r\n`);
});

test('wrong options and files are refused before anything is fed in', async (t) => {
  const { server, replay } = await serving(t);
  const ran = await Promise.all([
    replay(),
    replay('-'),
    replay(folder),
    replay(vessels, join(folder, 'absent.ais')),
    replay(vessels, '--mode', 'MAYBE'),
    replay(vessels, '--label', '[]'),
    replay(vessels, '--speed', 'fast'),
    replay(vessels, '--format', 'nmea'),
  ]);
  assert.deepEqual(
    ran.map(({ status }) => status),
    ran.map(() => 2),
  );
  assert.deepEqual(server.begun, []);
});
