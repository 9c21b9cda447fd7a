import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gpst } from '../time/time-scale.ts';
import { DEFAULT_KLOBUCHAR, ionosphericDelay } from './klobuchar.ts';
import { troposphericDelay } from './saastamoinen.ts';

const L1 = 1575.42e6;
const DEGREE = Math.PI / 180;

test('the ionosphere at night in the zenith is the constant five nanoseconds, in the afternoon it is more', () => {
  const zenith = (hour: number) =>
    ionosphericDelay(DEFAULT_KLOBUCHAR, gpst(2000, hour * 3600), 0, 0, 0, Math.PI / 2, L1);
  // Obliquity in the zenith is 1 + 16 · 0.03³.
  assert.ok(Math.abs(zenith(0) - 5e-9 * 299_792_458 * 1.000432) < 1e-9);
  assert.ok(zenith(14) > 2 * zenith(0));
});

test('the ionosphere grows towards the horizon and with the inverse square of the frequency', () => {
  const delay = (elevation: number, frequency: number) =>
    ionosphericDelay(DEFAULT_KLOBUCHAR, gpst(2000, 50_400), 0.3, 0, 1, elevation * DEGREE, frequency);
  assert.ok(delay(10, L1) > 2 * delay(90, L1));
  assert.ok(Math.abs(delay(45, L1 / 2) / delay(45, L1) - 4) < 1e-12);
});

test('the troposphere is 2.3 to 2.5 m in the zenith at sea level and less on a mountain', () => {
  const sea = troposphericDelay(45 * DEGREE, 0, 90 * DEGREE);
  assert.ok(sea > 2.3 && sea < 2.5, `${sea}`);
  assert.ok(troposphericDelay(45 * DEGREE, 4000, 90 * DEGREE) < 0.7 * sea);
  assert.ok(Math.abs(troposphericDelay(45 * DEGREE, 0, 30 * DEGREE) / sea - 2) < 1e-9);
  assert.equal(troposphericDelay(0, 0, 0), 0);
  assert.equal(troposphericDelay(0, 3e7, 1), 0);
});

test('both are finite and not negative for any direction above the horizon', () => {
  const angle = (from: number, to: number) => fc.double({ min: from, max: to, noNaN: true });
  fc.assert(
    fc.property(angle(-90, 90), angle(-180, 180), angle(0, 360), angle(0.1, 90), fc.nat(604_799), (...a) => {
      const [lat, lon, azimuth, elevation, second] = a;
      const i = ionosphericDelay(
        DEFAULT_KLOBUCHAR,
        gpst(2000, second),
        lat * DEGREE,
        lon * DEGREE,
        azimuth * DEGREE,
        elevation * DEGREE,
        L1,
      );
      const t = troposphericDelay(lat * DEGREE, 0, elevation * DEGREE);
      assert.ok(i > 0 && i < 200 && t > 2 && t < 2000);
    }),
  );
});
