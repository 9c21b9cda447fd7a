import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Gpst } from '../time/time-scale.ts';
import type { BdsEphemeris } from './ephemeris.ts';
import { EphemerisStore } from './ephemeris-store.ts';

const make = (toe: number, more: Partial<BdsEphemeris> = {}): BdsEphemeris => ({
  system: 'C',
  sat: 'C19',
  toe: toe as Gpst,
  toc: toe as Gpst,
  af0: 0,
  af1: 0,
  af2: 0,
  sqrtA: 5282.6,
  e: 0.001,
  i0: 0.96,
  omega0: 0,
  omega: 0,
  m0: 0,
  deltaN: 0,
  idot: 0,
  omegaDot: 0,
  cuc: 0,
  cus: 0,
  crc: 0,
  crs: 0,
  cic: 0,
  cis: 0,
  health: 0,
  accuracy: 2.4,
  aode: 1,
  aodc: 1,
  tgd1: 0,
  tgd2: 0,
  ...more,
});
const at = (seconds: number): Gpst => seconds as Gpst;

test('the nearest toe is chosen, and the later of two equally near', () => {
  const store = new EphemerisStore([make(10_800), make(3_600), make(7_200)]);
  const chosen = (seconds: number) => {
    const choice = store.select('C19', at(seconds));
    return 'ephemeris' in choice ? choice.ephemeris.toe : choice.refused;
  };
  assert.equal(chosen(5_000), 3_600);
  assert.equal(chosen(5_400), 7_200);
  assert.equal(chosen(20_000), 10_800);
});

test('every reason to refuse is told apart', () => {
  const refusal = (ephemeris: BdsEphemeris, seconds: number) => {
    const choice = new EphemerisStore([ephemeris]).select('C19', at(seconds));
    return 'refused' in choice ? choice.refused : 'none';
  };
  assert.deepEqual(new EphemerisStore().select('C19', at(0)), { refused: 'no-ephemeris' });
  assert.equal(refusal(make(0), 21_600), 'none');
  assert.equal(refusal(make(0), 21_601), 'ephemeris-stale');
  // As test satellites do: toe two days ahead.
  assert.equal(refusal(make(172_800), 0), 'ephemeris-stale');
  assert.equal(refusal(make(0, { health: 1 }), 0), 'unhealthy');
  assert.equal(refusal(make(0, { accuracy: undefined }), 0), 'no-accuracy');
  assert.equal(refusal(make(0, { sqrtA: 0 }), 0), 'ephemeris-implausible');
});

test('repetition adds nothing, a change of content replaces, and memory is bounded', () => {
  const store = new EphemerisStore([], 3);
  assert.equal(store.add(make(0)), true);
  assert.equal(store.add(make(0)), false);
  assert.equal(store.add(make(0, { af0: 1e-6 })), true);
  assert.equal(store.size, 1);
  for (let hour = 1; hour < 10; hour++) store.add(make(hour * 3600));
  assert.deepEqual(
    [...store].map((e) => e.toe / 3600),
    [7, 8, 9],
  );
});
