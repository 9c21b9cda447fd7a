import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hexRows } from './hexdump.ts';
import { bearing, ends, latitude, longitude, perSecond, quantity } from './measure.ts';
import { age, clock, durationMs, instant, preciseClock } from './time.ts';

test('times are written in UTC', () => {
  const at = Date.parse('2026-12-01T04:05:06.070Z');
  assert.equal(clock(at), '04:05:06');
  assert.equal(instant(at), '2026-12-01 04:05:06Z');
  assert.equal(preciseClock(at), '04:05:06.070Z');
  assert.equal(instant(Number.NaN), '–');
});

test('an age has at most two units', () => {
  assert.equal(age(4_400), '4 s');
  assert.equal(age(-50), '0 s');
  assert.equal(age(10 * 60_000), '10 min');
  assert.equal(age(200 * 60_000), '3 h 20 min');
  assert.equal(age(50 * 3_600_000), '2 d 2 h');
});

test('durations of days and shorter are read, others are not', () => {
  assert.equal(durationMs('PT10M'), 600_000);
  assert.equal(durationMs('P1DT6H'), 30 * 3_600_000);
  for (const bad of ['P', 'PT', '10M', 'P1M', 'PT-1M', undefined]) assert.equal(durationMs(bad), undefined);
});

test('coordinates are degrees and decimal minutes, and minutes never reach 60', () => {
  assert.equal(latitude(-5.5), '05° 30.000′ S');
  assert.equal(longitude(9.9999999), '010° 00.000′ E');
  assert.equal(latitude(undefined), '–');
  fc.assert(
    fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (value) => {
      const found = /^(\d{3})° (\d{2}\.\d{3})′ [EW]$/.exec(longitude(value));
      assert.ok(found);
      assert.ok(Number(found[2]) < 60);
      assert.ok(Math.abs(Number(found[1]) + Number(found[2]) / 60 - Math.abs(value)) < 1e-4);
    }),
  );
});

test('bearings are three digits and never 360', () => {
  assert.equal(bearing(359.7), '000°');
  assert.equal(bearing(-90), '270°');
  assert.equal(bearing(7), '007°');
});

test('what is not a number is a dash', () => {
  assert.equal(quantity(null, 1, 'kn'), '–');
  assert.equal(quantity(12.34, 1, 'kn'), '12.3 kn');
  assert.equal(perSecond(0.44), '0.4/s');
  assert.equal(ends('0123456789abcdef01234567', 4), '0123…4567');
});

test('a hexadecimal sample becomes rows with offset and readable text', () => {
  const rows = hexRows('2441495644 4d2c00ff');
  assert.deepEqual(rows, [{ offset: '0000', hex: '24 41 49 56 44 4d 2c 00  ff', text: '$AIVDM,··' }]);
  assert.equal(hexRows('zz').length, 0);
});
