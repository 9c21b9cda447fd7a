import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeSentences } from '@concord/ais';
import { sharedData } from '../../../../tests/shared-data.ts';
import { concord } from '../cli.testing.ts';

test('sentences become messages under the names of the Unified Data Library', async () => {
  const position = { type: 1, mmsi: 219_000_001, lat: 57.5, lon: -10.25, speed: 12.3, course: 90.5 } as const;
  const voyage = {
    type: 5,
    mmsi: 219_000_001,
    shipName: 'NORDLYS',
    callSign: 'OXYZ',
    imon: 9_074_729,
  } as const;
  const stdin = [...encodeSentences(position), ...encodeSentences(voyage)].join('\r\n');
  const { status, stderr, lines } = await concord(['ais', 'decode', '-'], { stdin });
  assert.equal(status, 0, stderr);
  const [first, second, ...rest] = lines();
  assert.deepEqual(rest, []);
  assert.equal(first?.['mmsi'], 219_000_001);
  assert.ok(Math.abs((first?.['lat'] as number) - 57.5) < 1e-6);
  assert.ok(Math.abs((first?.['lon'] as number) + 10.25) < 1e-6);
  assert.equal(first?.['speed'], 12.3);
  assert.equal(first?.['trueHeading'], null);
  assert.equal(second?.['shipName'], 'NORDLYS');
  assert.equal(second?.['imon'], 9_074_729);
});

test('a damaged sentence is told with its line, the others are decoded, the status is 1', async () => {
  const [good = ''] = encodeSentences({ type: 1, mmsi: 219_000_001 });
  const bad = `${good.slice(0, 20)}${good[20] === 'a' ? 'b' : 'a'}${good.slice(21)}`;
  const { status, stderr, lines } = await concord(['ais', 'decode', '-'], {
    stdin: [good, bad, good].join('\n'),
  });
  assert.equal(status, 1);
  assert.equal(lines().length, 2);
  assert.match(stderr, /standard input: line 2: checksum/);
});

test('bytes that are no sentences give findings and no lines, however many they are', async () => {
  const stdin = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 251));
  const { status, stdout, stderr } = await concord(['ais', 'decode', '-'], { stdin });
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.ok(stderr.split('\n').length < 110);
  assert.doesNotMatch(stderr, /at .*\.ts:\d+/, 'no stack trace');
  const nothing = await concord(['ais', 'decode', '-'], { stdin: '' });
  assert.equal(nothing.status, 1);
});

test('a file that is not there is bad input', async () => {
  const { status, stderr } = await concord(['ais', 'decode', '/nonexistent/file.ais']);
  assert.equal(status, 2);
  assert.match(stderr, /no such file/);
});

test('a real recording is decoded to its last sentence', async (t) => {
  const file = sharedData('ais/aisabnormal-538004030_drift_1.ais');
  if (file === undefined) return t.skip('shared data absent');
  const { status, stderr, lines } = await concord(['ais', 'decode', file]);
  assert.equal(status, 0, stderr);
  const messages = lines();
  assert.equal(messages.length, 5252);
  assert.equal(messages.at(-1)?.['ts'], '2014-09-28T18:29:54.899Z');
});
