import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { sharedData } from '../../../tests/shared-data.ts';
import { BULK_STATUS, createBulkPropagator } from './bulk.ts';
import { readCatalogue } from './catalogue.ts';
import type { Elset } from './elset.ts';
import { OrbitError } from './error.ts';
import { HIGH, LOW } from './fixture.ts';
import {
  isFailure,
  minutesSinceEpoch,
  propagate,
  propagateMinutes,
  propagationLine,
  type TemeState,
} from './propagate.ts';

const state = (result: ReturnType<typeof propagate>): TemeState => {
  if (isFailure(result)) assert.fail(`${result.error}: ${result.message}`);
  return result;
};
const code = (result: ReturnType<typeof propagate>): string => (isFailure(result) ? result.error : 'ok');
const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, axis) => Math.abs(value - (b[axis] as number))));

/** Vallado's published ephemerides: rows of minutes, km and km/s for each set of the verification file, in order. */
function published(path: string): { satNo: number; rows: number[][] }[] {
  const sets: { satNo: number; rows: number[][] }[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words[1] === 'xx') sets.push({ satNo: Number(words[0]), rows: [] });
    else if (words.length >= 7) sets.at(-1)?.rows.push(words.slice(0, 7).map(Number));
  }
  return sets;
}

test('666 published states of the SGP4 verification sets are met within 1.2e-7 km and 1e-9 km/s', (t) => {
  const [sets, results] = [sharedData('sat/sgp4/SGP4-VER.TLE'), sharedData('sat/sgp4/tcppver.out')];
  if (sets === undefined || results === undefined) return t.skip('shared data absent');
  const { elsets, faults } = readCatalogue(readFileSync(sets), { ignoreChecksum: true });
  assert.deepEqual(faults, []);
  let compared = 0;
  published(results).forEach(({ satNo, rows }, i) => {
    const elset = elsets[i] as Elset;
    assert.equal(elset.satNo, satNo);
    for (const [minutes = 0, ...numbers] of rows) {
      const result = propagateMinutes(elset, minutes);
      if (satNo === 33_334) {
        assert.equal(code(result), 'diverged');
        continue;
      }
      const { position_km, velocity_km_s } = state(result);
      assert.ok(apart(position_km, numbers.slice(0, 3)) <= 1.2e-7, `${satNo} at ${minutes}`);
      assert.ok(apart(velocity_km_s, numbers.slice(3)) <= 1e-9, `${satNo} at ${minutes}`);
      compared++;
    }
  });
  assert.equal(compared, 666);
});

test('of the verification sets, those with wrong checksums are refused by default', (t) => {
  const sets = sharedData('sat/sgp4/SGP4-VER.TLE');
  if (sets === undefined) return t.skip('shared data absent');
  const { elsets, faults } = readCatalogue(readFileSync(sets));
  assert.deepEqual(
    [elsets.length, faults.map((fault) => fault.reason)],
    [30, ['checksum', 'checksum', 'checksum']],
  );
});

test('an instant and its minutes since the epoch give one state', () => {
  const instant = Date.UTC(2030, 2, 1, 7, 30);
  assert.equal(minutesSinceEpoch(LOW, instant), 90);
  assert.deepEqual(propagate(LOW, instant), propagateMinutes(LOW, 90));
  assert.deepEqual(propagationLine(LOW, 90), {
    id: 99_001,
    epoch: LOW.epoch,
    minutes: 90,
    ...state(propagateMinutes(LOW, 90)),
  });
});

test('elements that do not fit the columns of two lines give the orbit that those near them give', () => {
  const near = { ...HIGH, eccentricity: HIGH.eccentricity + 1e-12 };
  for (const minutes of [0, 1440, 10_080]) {
    const [a, b] = [state(propagateMinutes(HIGH, minutes)), state(propagateMinutes(near, minutes))];
    assert.ok(apart(a.position_km, b.position_km) < 1e-4);
  }
});

test('an epoch is taken to the microsecond, not to the millisecond', () => {
  const later = { ...LOW, epoch: '2030-03-01T06:00:00.000999Z' };
  const instant = Date.UTC(2030, 2, 1, 6);
  const moved = apart(
    state(propagate(LOW, instant)).position_km,
    state(propagate(later, instant)).position_km,
  );
  assert.ok(moved > 0.003 && moved < 0.008, `${moved} km`);
});

test('what cannot be propagated says why', () => {
  assert.equal(code(propagateMinutes({ ...LOW, eccentricity: 1.5 }, 0)), 'bad-elements');
  assert.equal(code(propagateMinutes({ ...LOW, meanMotion: Number.NaN }, 0)), 'bad-elements');
  assert.equal(code(propagateMinutes({ ...LOW, epoch: 'soon' }, 0)), 'bad-elements');
  assert.equal(code(propagateMinutes({ ...LOW, ephemType: 4 }, 0)), 'unsupported-theory');
  assert.equal(code(propagateMinutes({ ...LOW, meanMotion: 17.5 }, 0)), 'decayed');
  assert.throws(
    () => propagate(LOW, Number.NaN),
    (error) => error instanceof OrbitError && error.code === 'instant',
  );
});

test('whatever the elements and the time, a state lies between 6,378 and 500,000 km or is none', () => {
  const arbitrary = fc.record({
    meanMotion: fc.double({ min: 0.01, max: 20, noNaN: true }),
    eccentricity: fc.double({ min: 0, max: 0.9999, noNaN: true }),
    inclination: fc.double({ min: 0, max: 180, noNaN: true }),
    bStar: fc.double({ min: -1, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(arbitrary, fc.double({ min: -1e7, max: 1e7, noNaN: true }), (values, minutes) => {
      const result = propagateMinutes({ ...LOW, ...values }, minutes);
      if (isFailure(result)) return;
      const radius = Math.hypot(...result.position_km);
      assert.ok(radius >= 6378 && radius <= 500_000);
      assert.ok(result.velocity_km_s.every(Number.isFinite));
    }),
    { numRuns: 500 },
  );
});

test('propagation in bulk gives the states of propagation one by one', async () => {
  const elsets = [LOW, { ...LOW, eccentricity: 2 }, HIGH, { ...LOW, ephemType: 4 }];
  const instants = [0, 1, 2].map((hour) => Date.UTC(2030, 2, 1, 6 + hour));
  using bulk = await createBulkPropagator(elsets);
  assert.deepEqual([...bulk.failures.keys()], [1, 3]);
  const states = bulk.propagate(instants);
  elsets.forEach((elset, i) => {
    instants.forEach((instant, j) => {
      const at = i * instants.length + j;
      const single = propagate(elset, instant);
      assert.equal(BULK_STATUS[states.status[at] as number], code(single));
      const position = states.position_km.subarray(at * 3, at * 3 + 3);
      if (isFailure(single)) assert.ok(position.every(Number.isNaN));
      else assert.ok(apart([...position], single.position_km) < 1e-3);
    });
  });
});

test('a bulk propagator refuses to work after its end, and too much at once', async () => {
  const bulk = await createBulkPropagator([LOW]);
  assert.throws(
    () => bulk.propagate(new Array(5_000_000).fill(0)),
    (error) => error instanceof OrbitError && error.code === 'option-range',
  );
  bulk.dispose();
  assert.throws(
    () => bulk.propagate([0]),
    (error) => error instanceof OrbitError && error.code === 'disposed',
  );
});

test('sets of objects that came down give no absurd state', async (t) => {
  const path = sharedData('sat/catalog/full-2022-08-09.tle');
  if (path === undefined) return t.skip('shared data absent');
  const { elsets } = readCatalogue(readFileSync(path));
  using bulk = await createBulkPropagator(elsets);
  const { status, position_km } = bulk.propagate([Date.UTC(2022, 7, 9, 12)]);
  const count = (name: (typeof BULK_STATUS)[number]): number =>
    status.filter((value) => value === BULK_STATUS.indexOf(name)).length;
  assert.ok(count('out-of-range') > 50, 'the sets that SGP4 takes for orbits');
  assert.ok(count('ok') > 25_000);
  status.forEach((value, i) => {
    assert.equal(value === 0, Number.isFinite(position_km[i * 3]));
  });
});
