import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { graticule, stepAt } from './graticule.ts';

test('the whole Earth has each meridian once and no words', () => {
  const { lines, labels } = graticule(1, [-180, -85, 180, 85]);
  assert.equal(lines.length, 24 + 11);
  assert.equal(labels.length, 0);
});

test('a near view is covered by a few lines, named where they cross', () => {
  const { labels } = graticule(7, [-42.2, 31.6, -39.8, 32.5]);
  assert.ok(labels.some((it) => it.text === '32°N 41°W' && it.at[0] === -41 && it.at[1] === 32));
  fc.assert(
    fc.property(
      fc.double({ min: 3.6, max: 10.8, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -80, max: 80, noNaN: true }),
      (zoom, lon, lat) => {
        const half = 360 / 2 ** zoom;
        const { lines } = graticule(zoom, [lon - half, lat - half / 2, lon + half, lat + half / 2]);
        assert.ok(lines.length >= 4 && lines.length < 90, `${lines.length} lines`);
      },
    ),
  );
});

test('half degrees are named in minutes, and beyond the antimeridian from the other side', () => {
  assert.equal(stepAt(8.5), 0.5);
  const { labels } = graticule(8.5, [179.6, -0.6, 180.6, 0.6]);
  const words = labels.map((it) => it.text);
  assert.ok(words.includes('0°30′S 179°30′W'), words.join());
  assert.ok(words.includes('0° 180°W'));
});
