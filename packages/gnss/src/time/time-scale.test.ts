import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bdt,
  bdtFromGpst,
  gpst,
  gpstFromBdt,
  gpstFromCalendar,
  gpstFromUtc,
  isoFromGpst,
  nearestInPeriod,
  SECONDS_PER_WEEK,
  utcFromGpst,
  utcMillis,
  weekAndSecond,
} from './time-scale.ts';

test('GPS week 2009, second 430651 is 2018-07-12T23:37:13Z, 18 leap seconds behind', () => {
  assert.equal(isoFromGpst(gpst(2009, 430651)), '2018-07-12T23:37:13.000Z');
});

test('the BDT origin is 2006-01-01T00:00:00Z and lies 14 s after a GPS week begins', () => {
  assert.equal(isoFromGpst(gpstFromBdt(bdt(0, 0))), '2006-01-01T00:00:00.000Z');
  assert.equal(gpstFromBdt(bdt(0, 0)), gpst(1356, 14));
});

test('the leap second of 2016-12-31 separates 17 s from 18 s', () => {
  const before = gpstFromUtc(utcMillis(Date.parse('2016-12-31T23:59:59Z')));
  const after = gpstFromUtc(utcMillis(Date.parse('2017-01-01T00:00:00Z')));
  assert.equal(after - before, 2);
  assert.equal(isoFromGpst(before), '2016-12-31T23:59:59.000Z');
  assert.equal(isoFromGpst(after), '2017-01-01T00:00:00.000Z');
});

test('a calendar reading in GPST has no leap seconds', () => {
  assert.deepEqual(weekAndSecond(gpstFromCalendar(2020, 6, 25, 0, 0, 0)), { week: 2111, second: 345600 });
});

test('microseconds are kept where there are some', () => {
  assert.equal(isoFromGpst(gpst(2009, 430651.000025)), '2018-07-12T23:37:13.000025Z');
});

test('UTC to GPST and back is the identity from 1980 to 2100', () => {
  const from = Date.parse('1980-01-07T00:00:00Z');
  const to = Date.parse('2100-01-01T00:00:00Z');
  fc.assert(
    fc.property(fc.integer({ min: from, max: to }), (ms) => {
      assert.equal(utcFromGpst(gpstFromUtc(utcMillis(ms))), ms);
    }),
  );
});

test('BDT to GPST and back is the identity', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8191 }), fc.integer({ min: 0, max: 604799 }), (week, second) => {
      const instant = bdt(week, second);
      assert.equal(bdtFromGpst(gpstFromBdt(instant)), instant);
      assert.deepEqual(weekAndSecond(instant), { week, second });
    }),
  );
});

test('the nearest instant on a second of week is never further than half a week', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2e9 }), fc.integer({ min: 0, max: 604799 }), (near, second) => {
      const found = nearestInPeriod(second, gpst(0, near), SECONDS_PER_WEEK);
      assert.ok(Math.abs(found - near) <= SECONDS_PER_WEEK / 2);
      assert.equal((((found - second) % SECONDS_PER_WEEK) + SECONDS_PER_WEEK) % SECONDS_PER_WEEK, 0);
    }),
  );
});
