import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sharedData } from '../../../../tests/shared-data.ts';
import { readRinexNav } from '../rinex/nav.ts';
import { gpst } from '../time/time-scale.ts';
import { satelliteState } from './satellite-state.ts';

const nav = sharedData('gnss/ESBC00DNK_R_20201770000_01D_MN.rnx');
const reference = sharedData('gnss/ESBC_2020177_bds_vs_IAC.csv');

const rows = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [sat = '', week, tow, tk, x, y, z, clock] = line.split(',');
      const at = gpst(Number(week), Number(tow));
      return { sat, at, toe: at - Number(tk), position: [x, y, z].map(Number), clock: Number(clock) };
    });

test('BDS GEO, IGSO and MEO positions agree with an independent implementation to 0.2 mm, clocks to 1e-15 s', (t) => {
  if (nav === undefined || reference === undefined) return t.skip('shared data absent');
  const { ephemerides } = readRinexNav(readFileSync(nav, 'latin1'));
  const expected = rows(reference);
  assert.equal(expected.length, 1528);
  for (const { sat, at, toe, position, clock } of expected) {
    // The file gives BDT less toe with toe in BDT: the difference is the same in GPST.
    const ephemeris = ephemerides.find((e) => e.sat === sat && Math.abs(e.toe - toe) < 1 && e.health === 0);
    assert.ok(ephemeris, `${sat} at ${at}`);
    const state = satelliteState(ephemeris, at);
    const distance = Math.hypot(
      ...state.position.map((value, axis) => value - (position[axis] ?? Number.NaN)),
    );
    assert.ok(distance < 2e-4, `${sat} at ${at}: ${distance} m`);
    assert.ok(Math.abs(state.clock - clock) < 1e-15, `${sat} at ${at}`);
  }
});

test('velocity is the derivative of position and the clock rate that of the clock', (t) => {
  if (nav === undefined) return t.skip('shared data absent');
  const { ephemerides } = readRinexNav(readFileSync(nav, 'latin1'));
  for (const sat of ['C05', 'C06', 'C19', 'G05'] as const) {
    const ephemeris = ephemerides.find((e) => e.sat === sat);
    assert.ok(ephemeris, sat);
    const at = ephemeris.toe;
    const before = satelliteState(ephemeris, at, 599.5);
    const state = satelliteState(ephemeris, at, 600);
    const after = satelliteState(ephemeris, at, 600.5);
    for (const axis of [0, 1, 2] as const) {
      const difference = after.position[axis] - before.position[axis];
      assert.ok(Math.abs(state.velocity[axis] - difference) < 1e-5, `${sat} axis ${axis}`);
    }
    assert.ok(Math.abs(after.clock - before.clock - state.clockRate) < 1e-16, sat);
  }
});

test('without the GEO rotation C05 would be found 200 km and more away: a GEO stays where it is', (t) => {
  if (nav === undefined) return t.skip('shared data absent');
  const c05 = readRinexNav(readFileSync(nav, 'latin1')).ephemerides.find((e) => e.sat === 'C05');
  assert.ok(c05);
  const from = satelliteState(c05, c05.toe).position;
  const to = satelliteState(c05, c05.toe, 3600).position;
  assert.ok(Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]) < 300e3);
  const asIfNotGeo = satelliteState({ ...c05, sat: 'C06' }, c05.toe).position;
  assert.ok(Math.hypot(asIfNotGeo[0] - from[0], asIfNotGeo[1] - from[1], asIfNotGeo[2] - from[2]) > 200e3);
});
