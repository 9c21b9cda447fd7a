import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { flatMap } from './flat-map.ts';

test('bounds lie inside the picture, north up, east to the right', () => {
  const lon = fc.double({ min: -180, max: 170, noNaN: true });
  const lat = fc.double({ min: -80, max: 70, noNaN: true });
  const size = fc.double({ min: 0.1, max: 10, noNaN: true });
  fc.assert(
    fc.property(lon, lat, size, size, (west, south, w, h) => {
      const { project, meridians, parallels } = flatMap([west, south, west + w, south + h], 380, 220);
      const [x0, y0] = project([west, south]);
      const [x1, y1] = project([west + w, south + h]);
      assert.ok(x0 >= 0 && x1 <= 380 && x0 < x1);
      assert.ok(y1 >= 0 && y0 <= 220 && y1 < y0);
      assert.ok(meridians.length <= 10 && parallels.length <= 6);
    }),
  );
});
