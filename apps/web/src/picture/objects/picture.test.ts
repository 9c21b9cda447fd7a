import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latLngToCell } from 'h3-js';
import type { Released } from '../../api/contract.ts';
import { census } from './census.ts';
import { featuresOf } from './features.ts';
import { Picture } from './picture.ts';
import { placeOf } from './place.ts';
import { titleOf } from './title.ts';

const none: ReadonlySet<string> = new Set();
const released = (kind: string, item: Record<string, unknown>, more: Partial<Released> = {}): Released => ({
  id: 'x',
  stream: `birch/exercise/${kind}`,
  kind,
  time: '2026-12-01T00:00:00Z',
  label: {
    policy: 'BIRCH',
    classification: 'OFFICIAL',
    dataMode: 'EXERCISE',
    banner: 'BIRCH OFFICIAL // EXERCISE',
  },
  dataMode: 'EXERCISE',
  obligations: {},
  originators: ['birch'],
  item,
  ...more,
});
const cell = latLngToCell(57.7, 10.6, 7);

test('a coarse position is a cell and never a point, even with coordinates beside it', () => {
  assert.deepEqual(placeOf({ cell, lat: 57.7, lon: 10.6 }), { at: 'cell', cell });
  assert.equal(placeOf({ cell: 'broken', lat: 57.7, lon: 10.6 }), undefined);
});

test('places outside the Earth are not drawn', () => {
  for (const item of [
    { lat: 91, lon: 181 },
    { lat: 91, lon: 0 },
    { lat: 'a', lon: 0 },
    { lat: Number.NaN, lon: 0 },
    {},
  ]) {
    assert.equal(placeOf(item), undefined);
  }
});

test('ships in one cell are one polygon with their count and no point', () => {
  const picture = new Picture();
  picture.apply(released('ais.position', { mmsi: 1, cell }), 0);
  picture.apply(released('ais.position', { mmsi: 2, cell }), 0);
  const { points, areas } = featuresOf(picture.objects(), 'vessels', none, 0);
  assert.equal(points.length, 0);
  assert.equal(areas.length, 1);
  assert.equal(areas[0]?.properties?.['n'], 2);
});

test('the newest item of a series replaces the one before and keeps its values', () => {
  const picture = new Picture();
  picture.apply(released('ais.position', { mmsi: 1, lat: 1, lon: 1, speed: 5 }), 0);
  picture.apply(
    released('ais.position', { mmsi: 1, lat: 2, lon: 1, speed: 6 }, { time: '2026-12-01T00:00:10Z' }),
    1,
  );
  picture.apply(released('ais.position', { mmsi: 1, lat: 9, lon: 9, speed: 9 }), 2);
  assert.equal(picture.size, 1);
  const [object] = [...picture.objects()];
  assert.deepEqual(
    object?.history.map((it) => it.values['speed']),
    [5, 6],
  );
  assert.deepEqual(object?.track, [
    [1, 1],
    [1, 2],
  ]);
});

test('a ship that becomes coarse loses its track', () => {
  const picture = new Picture();
  picture.apply(released('ais.position', { mmsi: 1, lat: 1, lon: 1 }), 0);
  picture.apply(released('ais.position', { mmsi: 1, cell }, { time: '2026-12-01T00:00:10Z' }), 1);
  assert.deepEqual([...picture.objects()][0]?.track, []);
});

test('a cut stream leaves nothing behind, not even names', () => {
  const picture = new Picture();
  picture.apply(released('ais.static', { mmsi: 1, shipName: 'HERON' }), 0);
  picture.apply(released('ais.position', { mmsi: 1, lat: 1, lon: 1 }), 0);
  picture.apply(released('gnss.position', { receiver: 'r1', lat: 1, lon: 1 }), 0);
  const [ship] = [...picture.objects()];
  assert.ok(ship);
  assert.equal(titleOf(picture, ship), 'HERON');
  picture.takeDirty();
  assert.equal(picture.dropStream('birch/exercise/ais.position'), 1);
  assert.deepEqual([...picture.takeDirty()], ['vessels']);
  picture.dropStream('birch/exercise/ais.static');
  assert.equal(titleOf(picture, ship), '1');
  assert.equal(picture.size, 1);
});

test('an object without news is stale and a hidden stream is not drawn', () => {
  const picture = new Picture();
  picture.apply(released('gnss.position', { receiver: 'r1', lat: 1, lon: 1 }), 0);
  const drawn = featuresOf(picture.objects(), 'receivers', none, 31_000).points;
  assert.equal(drawn[0]?.properties?.['stale'], true);
  const hidden = new Set(['birch/exercise/gnss.position']);
  assert.equal(featuresOf(picture.objects(), 'receivers', hidden, 0).points.length, 0);
});

test('a ship lying still has no direction', () => {
  const picture = new Picture();
  picture.apply(
    released('ais.position', { mmsi: 1, lat: 1, lon: 1, trueHeading: 511, course: 90, speed: 0 }),
    0,
  );
  const [feature] = featuresOf(picture.objects(), 'vessels', none, 0).points;
  assert.equal(feature?.properties?.['still'], true);
});

test('the census tells exact places from cells and leaves hidden streams out', () => {
  const picture = new Picture();
  picture.apply(released('ais.position', { mmsi: 1, cell }), 0);
  picture.apply(released('gnss.position', { receiver: 'r1', lat: 1, lon: 1 }), 0);
  picture.apply(released('orbit.elset', { satNo: 1 }), 0);
  assert.deepEqual(census(picture.objects(), none), { exact: 2, coarse: 1 });
  assert.deepEqual(census(picture.objects(), new Set(['birch/exercise/ais.position'])), {
    exact: 2,
    coarse: 0,
  });
});
