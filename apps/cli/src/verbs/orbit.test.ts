import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Elset, writeTle } from '@concord/orbit';
import { sharedData } from '../../../../tests/shared-data.ts';
import { concord } from '../cli.testing.ts';

const elset: Elset = {
  satNo: 99_001,
  origObjectId: '2026-001A',
  name: 'TEST 1',
  epoch: '2026-06-14T00:00:00.000000Z',
  meanMotion: 15.5,
  eccentricity: 0.001,
  inclination: 98,
  raan: 10,
  argOfPerigee: 20,
  meanAnomaly: 30,
  bStar: 1e-5,
  meanMotionDot: 0,
  meanMotionDDot: 0,
  revNo: 1,
  ephemType: 0,
  elementSetNo: 1,
  classificationType: 'U',
};
const lines = writeTle(elset);
assert.ok(lines);
const tle = `TEST 1\n${lines.line1}\n${lines.line2}\n`;
const propagate = (stdin: string, ...args: string[]) =>
  concord(['orbit', 'propagate', '--catalog', '-', ...args], { stdin });

test('states are counted from the epoch, or given at an instant', async () => {
  const minutes = await propagate(tle, '--minutes=-10,0,360');
  assert.equal(minutes.status, 0, minutes.stderr);
  assert.deepEqual(
    minutes.lines().map((line) => line['minutes']),
    [-10, 0, 360],
  );
  const at = await propagate(tle, '--at', '2026-06-14T06:00:00Z');
  assert.deepEqual(at.lines(), minutes.lines().slice(2));
  const [line] = at.lines();
  assert.deepEqual(Object.keys(line ?? {}).sort(), [
    ...['epoch', 'frame', 'id', 'minutes', 'position_km', 'velocity_km_s'],
  ]);
  assert.equal(line?.['frame'], 'TEME');
  const radius = Math.hypot(...(line!['position_km'] as number[]));
  assert.ok(radius > 6700 && radius < 6900, `${radius} km`);
});

test('a bad set is told with line and column, the good ones go on', async () => {
  const bad = tle.replace('2 99001  98', '2 99001  9x');
  assert.notEqual(bad, tle);
  const { status, stderr, lines: given } = await propagate(`${bad}${tle}`);
  assert.equal(status, 1);
  assert.equal(given().length, 1);
  assert.match(stderr, /standard input: line 3, column \d+/);
});

test('XML and other things are refused with a word about them', async () => {
  const xml = await propagate('<?xml version="1.0"?><ndm/>');
  assert.equal(xml.status, 1);
  assert.match(xml.stderr, /XML is not read/);
  const empty = await propagate('');
  assert.equal(empty.status, 1);
  const usage = await Promise.all([
    propagate(tle, '--minutes=0,x'),
    propagate(tle, '--at', 'tomorrow'),
    propagate(tle, '--minutes=0', '--at', '2026-06-14T06:00:00Z'),
    concord(['orbit', 'propagate']),
    concord(['orbit', 'propagate', '--catalog', '/nonexistent']),
  ]);
  assert.deepEqual(
    usage.map(({ status }) => status),
    [2, 2, 2, 2, 2],
  );
});

test('the published verification states of SGP4 are met to a millimetre', async (t) => {
  const [catalog, expected] = ['sat/sgp4/SGP4-VER.TLE', 'sat/sgp4/tcppver.out'].map(sharedData);
  if (catalog === undefined || expected === undefined) return t.skip('shared data absent');
  const states = new Map<string, number[]>();
  let id = 0;
  for (const line of readFileSync(expected, 'utf8').split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (fields[1] === 'xx') id = Number(fields[0]);
    else if (fields.length >= 7) states.set(`${id} ${Number(fields[0])}`, fields.slice(1, 4).map(Number));
  }
  const { lines: given } = await concord([
    ...['orbit', 'propagate', '--catalog', catalog, '--minutes=0,360', '--ignore-checksum'],
  ]);
  let compared = 0;
  for (const line of given()) {
    const state = states.get(`${line['id']} ${line['minutes']}`);
    if (!state) continue;
    compared++;
    const position = line['position_km'] as number[];
    const distance = Math.hypot(...state.map((x, i) => x - (position[i] ?? Number.NaN)));
    assert.ok(distance < 1e-6, `${line['id']} at ${line['minutes']}: ${distance} km`);
  }
  assert.ok(compared > 30, `${compared} states`);
});

test('passes over a site and over an area', async (t) => {
  const interval = ['--from', '2026-06-14T00:00:00Z', '--to', '2026-06-15T00:00:00Z'];
  const passes = (...args: string[]) =>
    concord(['orbit', 'passes', '--catalog', '-', ...interval, ...args], { stdin: tle });
  const site = await passes('--site=57.05,9.92,20', '--min-elevation', '20');
  assert.equal(site.status, 0, site.stderr);
  assert.ok(site.lines().length > 0);
  for (const pass of site.lines()) {
    assert.equal(pass['id'], 99_001);
    assert.ok((pass['maxElevation_deg'] as number) >= 20);
    const times = [pass['rise'], pass['culmination'], pass['set']] as string[];
    assert.deepEqual([...times].sort(), times);
  }
  const folder = mkdtempSync(join(tmpdir(), 'concord-orbit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const ring = [9, 57, 10, 57, 10, 58, 9, 58, 9, 57];
  const coordinates = [[0, 2, 4, 6, 8].map((at) => ring.slice(at, at + 2))];
  const file = join(folder, 'area.geojson');
  writeFileSync(file, JSON.stringify({ type: 'Feature', geometry: { type: 'Polygon', coordinates } }));
  const area = await passes('--area', file, '--min-elevation', '20');
  assert.equal(area.status, 0, area.stderr);
  // The site is in the area: some place of it sees whatever the site sees, and as high.
  for (const pass of site.lines()) {
    const over = area
      .lines()
      .find(({ rise, set }) => rise! <= pass['culmination']! && set! >= pass['culmination']!);
    assert.ok((over?.['maxElevation_deg'] as number) >= (pass['maxElevation_deg'] as number) - 0.1);
  }
  writeFileSync(file, '{"type":"Point","coordinates":[1,2]}');
  const bad = await Promise.all([
    passes('--area', file),
    passes('--site=100,0,0'),
    passes(),
    passes('--site=1,1', '--area', 'x'),
    passes('--area', '/nonexistent.geojson'),
    passes('--site=1,1', '--min-elevation', '91'),
  ]);
  assert.deepEqual(
    bad.map(({ status }) => status),
    [2, 2, 2, 2, 2, 2],
  );
});
