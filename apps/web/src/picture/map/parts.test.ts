import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Parts } from './parts.ts';

const point = (lon: number): GeoJSON.Feature => ({
  type: 'Feature',
  properties: { key: String(lon) },
  geometry: { type: 'Point', coordinates: [lon, 0] },
});

test('a part replaces itself and leaves the others', () => {
  const parts = new Parts<'marks' | 'shapes'>();
  parts.set('marks', 'vessels', [point(1), point(2)]);
  parts.set('marks', 'receivers', [point(3)]);
  parts.set('marks', 'vessels', [point(4)]);
  const [[source, { features }] = ['', { features: [] }]] = parts.take();
  assert.equal(source, 'marks');
  assert.deepEqual(
    features.map((it) => it.properties),
    [
      { key: '4', part: 'vessels' },
      { key: '3', part: 'receivers' },
    ],
  );
});

test('only what changed is taken, and nothing into nothing is no change', () => {
  const parts = new Parts<'marks' | 'shapes'>();
  parts.set('shapes', 'scenes', []);
  assert.deepEqual(parts.take(), []);
  parts.set('shapes', 'scenes', [point(1)]);
  assert.equal(parts.take().length, 1);
  assert.deepEqual(parts.take(), []);
  parts.set('shapes', 'scenes', []);
  assert.deepEqual(parts.take()[0]?.[1].features, []);
});
