import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DelayRung, Obligations } from '@concord/agreement';
import fc from 'fast-check';
import { cellToLatLng } from 'h3-js';
import { releasedForm } from './index.ts';

const kinds = ['ais.position', 'gnss.position', 'eo.detection', 'ais.static'] as const;
const obligations: fc.Arbitrary<Obligations> = fc
  .record({
    h3: fc.option(fc.integer({ min: 0, max: 15 }), { nil: undefined }),
    delay: fc.integer({ min: 0, max: 5 }),
    drop: fc.uniqueArray(fc.constantFrom('speed', 'course', 'callSign', 'confidence', 'destination')),
  })
  .map(({ h3, delay, drop }) => ({
    ...(h3 !== undefined && { position: { h3 } }),
    ...(delay > 0 && { delay: delay as DelayRung }),
    ...(drop.length > 0 && { drop: drop.sort() }),
  }));
const places = fc.record({
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  lon: fc.double({ min: -179, max: 179, noNaN: true }),
});

test('what was made coarser, later and less once is not changed by doing it again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      obligations,
      places,
      fc.integer({ min: 0, max: 4e12 }),
      (kind, o, point, time) => {
        const ts = new Date(time).toISOString();
        const record = {
          mmsi: 1,
          receiver: 'r',
          detectionId: 'd',
          ts,
          ...point,
          speed: 1,
          callSign: 'C',
          raw: '!',
        };
        const once = releasedForm(kind, o, time, record, point);
        assert.ok(once);
        const { cell } = once.record;
        const [lat, lon] = typeof cell === 'string' ? cellToLatLng(cell) : [point.lat, point.lon];
        assert.deepEqual(releasedForm(kind, o, once.time, once.record, { lat, lon }), once);
      },
    ),
  );
});

test('nothing of a coarser form depends on where in its cell the thing was, nor on when in its minute', () => {
  const at = (cell: string, seconds: number, shift: number) => {
    const [lat, lon] = cellToLatLng(cell);
    const time = Date.UTC(2027, 0, 1, 12, 34, seconds);
    const point = { lat: lat + shift, lon: lon - shift };
    const record = { mmsi: 1, ts: new Date(time).toISOString(), ...point, speed: seconds };
    return releasedForm('ais.position', { position: { h3: 5 } }, time, record, point);
  };
  const cell = releasedForm('ais.position', { position: { h3: 5 } }, 0, {}, { lat: 25, lon: 56 })!.record[
    'cell'
  ];
  assert.deepEqual(at(String(cell), 1, 0.001), at(String(cell), 59, -0.001));
});
