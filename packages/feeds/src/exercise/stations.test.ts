import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EphemerisStore, type Gpst, gpstFromUtc, solvePosition, utcMillis } from '@concord/gnss';
import { onePass } from '../decode/passes.testing.ts';
import { CORRIDORS } from './corridors.testing.ts';
import { Sky, StationSignal } from './station-signal.ts';
import { stationsOf } from './stations.ts';
import { MID_OCEAN_CORRIDOR, watersOf } from './waters.ts';

const START = gpstFromUtc(utcMillis(Date.parse('2026-11-24T00:00:00Z')));
const NEAR = Date.parse('2026-11-24T00:00:00Z');
const waters = watersOf(MID_OCEAN_CORRIDOR);

const signalOf = (index: number, seed = 'seed'): StationSignal => {
  const station = stationsOf(waters, seed)[index];
  assert.ok(station !== undefined);
  return new StationSignal(station, new Sky(), seed, START);
};
const second = (at: number): Gpst => (START + at) as Gpst;

for (const [name, corridor] of CORRIDORS) {
  test(`${name}: four receivers stand in the corridor, two outside`, () => {
    const here = watersOf(corridor);
    const inside = stationsOf(here, 'seed').map((station) => here.inside(here.plane.toPlane(station)));
    assert.deepEqual(inside, [true, true, true, true, false, false]);
  });
}

test('the same seed, station and second give the same bytes; another seed gives others', () => {
  const bytes = (seed: string): Uint8Array => signalOf(0, seed).second(second(7));
  assert.deepEqual(bytes('seed'), bytes('seed'));
  assert.notDeepEqual(bytes('seed'), bytes('other'));
});

test('a client that hears the greeting and one second knows where the receiver is, to metres', () => {
  for (const at of [0, 1, 2, 3, 4, 5]) {
    const signal = signalOf(at);
    signal.second(second(0));
    const [greeting, next] = [signal.greeting(), signal.second(second(1))];
    const bytes = new Uint8Array([...greeting, ...next]);
    const { items, quarantined } = onePass(bytes, 'rtcm3', {
      now: () => NEAR,
      near: NEAR,
      receiver: signal.station.name,
    });
    assert.deepEqual(quarantined, []);
    const observation = items.find((item) => item.kind === 'gnss.observation');
    const { lat, lon } = signal.station;
    assert.ok(observation?.place !== undefined && 'point' in observation.place);
    assert.ok(
      Math.abs(observation.place.point.lat - lat) < 1e-6 &&
        Math.abs(observation.place.point.lon - lon) < 1e-6,
    );
    const sky = new EphemerisStore([...new Sky().at(second(1))]);
    const sent = items.filter((item) => item.kind === 'gnss.ephemeris').map((item) => item.series);
    const set = observation.record as never;
    const solution = solvePosition({ set, ephemerides: sky });
    assert.ok(solution.solved);
    assert.ok(solution.satellitesUsed.every((sat) => sent.includes(sat)));
    const error = Math.hypot(...solution.ecef.map((value, axis) => value - (signal.station.ecef[axis] ?? 0)));
    assert.ok(error < 15, `${error} m`);
  }
});

test('each satellite’s ephemeris is repeated within half a minute, and sent at once when the hour renews it', () => {
  const signal = signalOf(0);
  const heard = new Map<string, number[]>();
  const epochs: number[] = [];
  for (let at = 3560; at < 3640; at++) {
    const { items } = onePass(signal.second(second(at)), 'rtcm3', { now: () => NEAR, near: NEAR });
    for (const item of items) {
      if (item.kind === 'gnss.ephemeris')
        heard.set(`${item.series} ${item.time}`, [...(heard.get(`${item.series} ${item.time}`) ?? []), at]);
      else epochs.push(item.time);
    }
  }
  assert.deepEqual(
    epochs,
    Array.from({ length: 80 }, (_, i) => NEAR + (3560 + i) * 1000),
  );
  const toes = new Set([...heard.keys()].map((key) => key.split(' ')[1]));
  assert.equal(toes.size, 2);
  for (const [key, seconds] of heard) {
    for (const [i, at] of seconds.entries()) assert.ok(i === 0 || at - (seconds[i - 1] ?? 0) <= 30, key);
  }
});
