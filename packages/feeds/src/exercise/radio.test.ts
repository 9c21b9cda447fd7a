import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { onePass } from '../decode/passes.testing.ts';
import { CORRIDORS } from './corridors.testing.ts';
import { FLEET_SIZE, fleetOf, vesselAt } from './fleet.ts';
import { Radio, reportInterval } from './radio.ts';
import { MID_OCEAN_CORRIDOR, watersOf } from './waters.ts';

const START = Date.parse('2026-11-24T00:00:00.250Z');
const waters = watersOf(MID_OCEAN_CORRIDOR);
const fleet = fleetOf(waters, 'seed');
const heard = (until: number, seed = 'seed'): string =>
  new Radio(fleet, waters, seed, START).take(START + until);

test('sixty vessels have names, call signs and numbers of nobody', () => {
  assert.equal(fleet.length, FLEET_SIZE);
  for (const field of ['mmsi', 'name', 'callSign'] as const) {
    assert.equal(new Set(fleet.map((vessel) => vessel[field])).size, FLEET_SIZE, field);
  }
  assert.ok(fleet.every(({ mmsi, callSign }) => /^799\d{6}$/.test(String(mmsi)) && callSign.startsWith('Q')));
  assert.ok(fleet.every(({ name }) => /^EX [A-Z ]{4,17}$/.test(name)));
});

for (const [name, corridor] of CORRIDORS) {
  test(`${name}: most of the fleet is in the lane, some beside it`, () => {
    const here = watersOf(corridor);
    const vessels = fleetOf(here, 'seed');
    for (const after of [0, 3_600_000, 86_400_000]) {
      const inside = vessels.filter((vessel) => here.inside(vesselAt(vessel, after))).length;
      assert.ok(inside >= 25 && inside < FLEET_SIZE, `${inside} inside after ${after}`);
    }
    const sent = new Radio(vessels, here, 'seed', START).take(START + 20_000);
    assert.deepEqual(onePass(new TextEncoder().encode(sent), 'ais').quarantined, []);
  });
}

test('the same seed and start give the same sentences, however time is stepped', () => {
  const whole = heard(30_000);
  assert.equal(heard(30_000), whole);
  assert.notEqual(heard(30_000, 'other'), whole);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30_000 }), { maxLength: 20 }), (steps) => {
      const radio = new Radio(fleet, waters, 'seed', START);
      const parts = [...steps.sort((a, b) => a - b), 30_000].map((until) => radio.take(START + until));
      assert.equal(parts.join(''), whole);
    }),
    { numRuns: 20 },
  );
});

test('every vessel is heard within two seconds, its particulars within eight, and then as often as its speed asks', () => {
  const minutes = 10;
  const { items, quarantined } = onePass(new TextEncoder().encode(heard(minutes * 60_000)), 'ais');
  assert.deepEqual(quarantined, []);
  for (const vessel of fleet) {
    const own = items.filter((item) => item.series === String(vessel.mmsi));
    const positions = own.filter((item) => item.kind === 'ais.position');
    const statics = own.filter((item) => item.kind === 'ais.static');
    assert.ok((positions[0]?.time ?? Infinity) <= START + 2000);
    assert.ok((statics[0]?.time ?? Infinity) <= START + 8000);
    const expected = (minutes * 60_000 - 2000) / reportInterval(vessel.speed);
    assert.ok(Math.abs(positions.length - expected) <= 2.5, `${positions.length} for ${expected}`);
    assert.equal(statics.length, vessel.class === 'A' ? minutes : 2 * minutes);
    assert.equal(statics.at(-1)?.record['shipName'], vessel.name);
    assert.equal(statics.at(-1)?.record['callSign'], vessel.callSign);
  }
  const types = new Set(items.map((item) => item.record['messageType']));
  assert.deepEqual([...types].sort(), [1, 18, 24, 3, 5]);
});

test('what a vessel says of itself is where it is and goes', () => {
  const { items } = onePass(new TextEncoder().encode(heard(60_000)), 'ais');
  for (const item of items.filter(({ kind }) => kind === 'ais.position')) {
    const vessel = fleet.find(({ mmsi }) => String(mmsi) === item.series);
    assert.ok(vessel !== undefined && item.place !== undefined && 'point' in item.place);
    const [said, is] = [waters.plane.toPlane(item.place.point), vesselAt(vessel, item.time - START)];
    assert.ok(Math.hypot(said.x - is.x, said.y - is.y) < 0.002);
    assert.equal(item.record['speed'], vessel.speed);
  }
});

test('after a gap only what is not too old is sent', () => {
  const radio = new Radio(fleet, waters, 'seed', START);
  radio.take(START + 1000);
  const sent = radio.take(START + 3_600_000, START + 3_590_000);
  const { items } = onePass(new TextEncoder().encode(sent), 'ais');
  assert.ok(items.length > 50 && items.length < 200);
  assert.ok(items.every((item) => item.time > START + 3_590_000));
});
