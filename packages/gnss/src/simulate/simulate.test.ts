import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EphemerisStore } from '../ephemeris/ephemeris-store.ts';
import { ephemerisMessage } from '../ephemeris/resolve.ts';
import { satelliteState } from '../ephemeris/satellite-state.ts';
import { ecefFromGeodetic, geodeticFromEcef, type Vector3 } from '../geodesy.ts';
import { observed } from '../observation/observation-set.ts';
import { encodeObservations } from '../observation/to-msm.ts';
import { createReceiver } from '../receiver/receiver.ts';
import { encodeMessage } from '../rtcm3/message.ts';
import { bdsOrbitClass } from '../satellite.ts';
import { SPEED_OF_LIGHT } from '../signal.ts';
import { skyView } from '../sky/sky-view.ts';
import { solvePosition } from '../solve/solve.ts';
import { type Gpst, gpst, utcFromGpst } from '../time/time-scale.ts';
import { designConstellation } from './constellation.ts';
import { simulateObservations } from './simulate-observations.ts';

const AT = gpst(2400, 300_000);
const distance = (a: Vector3, b: Vector3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** A small generator with a seed (mulberry32): tests repeat. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('the design constellation has 24 MEO, 3 IGSO and 3 GEO where they belong', () => {
  const constellation = designConstellation(AT);
  const classes = Object.groupBy(constellation, (e) => bdsOrbitClass(e.sat));
  assert.deepEqual([classes.MEO?.length, classes.IGSO?.length, classes.GEO?.length], [24, 3, 3]);
  for (const e of constellation) {
    const { position } = satelliteState(e, AT);
    const radius = Math.hypot(...position);
    assert.ok(Math.abs(radius - (bdsOrbitClass(e.sat) === 'MEO' ? 27_906_100 : 42_164_000)) < 500, e.sat);
  }
  const longitudes = classes.GEO?.map((e) => geodeticFromEcef(satelliteState(e, AT).position));
  for (const [i, east] of [140, 80, 110.5].entries()) {
    const found = longitudes?.[i];
    assert.ok(found && Math.abs(found.lon - east) < 0.01 && Math.abs(found.lat) < 0.01);
  }
});

test('the inclined geosynchronous satellites share a ground track around 118° E', () => {
  for (const e of designConstellation(AT).filter((x) => bdsOrbitClass(x.sat) === 'IGSO')) {
    for (let hour = 0; hour < 24; hour++) {
      const { lat, lon } = geodeticFromEcef(satelliteState(e, AT, hour * 3600).position);
      assert.ok(Math.abs(lat) < 55.3 && Math.abs(lon - 118) < 17, `${e.sat} ${lat} ${lon}`);
    }
  }
});

test('the same hour gives the same elements and the next hour continues them within decimetres', () => {
  assert.deepEqual(designConstellation(AT), designConstellation((AT + 1) as Gpst));
  const next = designConstellation((AT + 3600) as Gpst);
  for (const [i, e] of designConstellation(AT).entries()) {
    const f = next[i];
    assert.ok(f && f.toe - e.toe === 3600);
    const at = f.toe;
    assert.ok(distance(satelliteState(e, at).position, satelliteState(f, at).position) < 0.2, e.sat);
    assert.ok(Math.abs(satelliteState(e, at).clock - satelliteState(f, at).clock) < 2e-9, e.sat);
  }
});

test('elements survive a week’s end', () => {
  const end = gpst(2401, 14);
  const before = designConstellation((end - 1) as Gpst);
  const after = designConstellation(end);
  for (const [i, e] of before.entries()) {
    const f = after[i];
    assert.ok(f && distance(satelliteState(e, end).position, satelliteState(f, end).position) < 0.2, e.sat);
  }
});

test('a position simulated anywhere without noise is found again within a centimetre, with its clock', () => {
  const ephemerides = new EphemerisStore(designConstellation(AT));
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(
      number(-80, 80),
      number(-180, 180),
      number(0, 5e3),
      number(-1e-3, 1e-3),
      (lat, lon, h, clockBias) => {
        const receiverEcef = ecefFromGeodetic({ lat, lon, heightEllipsoidal: h });
        const set = simulateObservations({ receiver: 'r', gpst: AT, receiverEcef, ephemerides, clockBias });
        const solution = solvePosition({ set, ephemerides });
        if (!solution.solved) {
          // Outside Asia and the Pacific the 24 MEO alone may be few above the mask.
          assert.ok(skyView(ephemerides, AT, receiverEcef, 10).length < 6, `${solution.why} ${lat} ${lon}`);
          return;
        }
        assert.ok(distance(solution.ecef, receiverEcef) < 0.01 * solution.pdop, `${lat} ${lon}`);
        assert.ok(Math.abs(solution.clockBias - clockBias) * SPEED_OF_LIGHT < 0.01 * solution.pdop);
      },
    ),
  );
});

test('noise moves the position by metres, not more, and the same seed gives the same noise', () => {
  const ephemerides = new EphemerisStore(designConstellation(AT));
  const receiverEcef = ecefFromGeodetic({ lat: 1.3, lon: 103.8, heightEllipsoidal: 30 });
  const make = (seed: number) =>
    simulateObservations({ receiver: 'r', gpst: AT, receiverEcef, ephemerides, random: seeded(seed) });
  assert.deepEqual(make(1), make(1));
  assert.notDeepEqual(make(1), make(2));
  for (let seed = 0; seed < 50; seed++) {
    const solution = solvePosition({ set: make(seed), ephemerides });
    assert.ok(solution.solved && solution.consistency === 'consistent');
    assert.ok(distance(solution.ecef, receiverEcef) < 8, `${distance(solution.ecef, receiverEcef)}`);
  }
});

test('Doppler is the rate of the carrier phase, for a moving receiver with a drifting clock too', () => {
  const ephemerides = new EphemerisStore(designConstellation(AT));
  const start = ecefFromGeodetic({ lat: 20, lon: 110, heightEllipsoidal: 0 });
  const velocity: Vector3 = [10, -20, 5];
  const drift = 1e-7;
  const at = (seconds: number) =>
    simulateObservations({
      receiver: 'r',
      gpst: (AT + seconds) as Gpst,
      receiverEcef: [start[0] + 10 * seconds, start[1] - 20 * seconds, start[2] + 5 * seconds],
      receiverVelocity: velocity,
      ephemerides,
      clockBias: drift * seconds,
      clockDrift: drift,
    }).gnssObservationList;
  const [before, now, after] = [at(-0.5), at(0), at(0.5)];
  assert.ok(now.length > 8);
  for (const o of now) {
    const phase = (list: typeof now) => {
      const same = list.find((other) => other.gnssSatId === o.gnssSatId);
      return (same && observed(same, 'L2I')) ?? Number.NaN;
    };
    const doppler = observed(o, 'D2I') ?? Number.NaN;
    assert.ok(Math.abs(doppler + (phase(after) - phase(before))) < 0.01, o.gnssSatId);
  }
});

test('the velocity and clock drift of a moving receiver are found from its Doppler', () => {
  const ephemerides = new EphemerisStore(designConstellation(AT));
  const receiverEcef = ecefFromGeodetic({ lat: 20, lon: 110, heightEllipsoidal: 0 });
  // To the east: a change of height would change the troposphere, which Doppler is not corrected for.
  const receiverVelocity: Vector3 = [-94, -34.2, 0];
  const truth = { receiver: 'r', gpst: AT, receiverEcef, receiverVelocity, clockDrift: -2e-7 };
  const solution = solvePosition({ set: simulateObservations({ ...truth, ephemerides }), ephemerides });
  assert.ok(solution.solved && solution.velocity);
  assert.ok(distance(solution.velocity.ecef, receiverVelocity) < 0.05, `${solution.velocity.ecef}`);
  assert.ok(Math.abs(solution.velocity.clockDrift + 2e-7) < 1e-10);
});

test('attenuation lowers C/N0 and at last loses the satellite', () => {
  const ephemerides = new EphemerisStore(designConstellation(AT));
  const receiverEcef = ecefFromGeodetic({ lat: 30, lon: 110, heightEllipsoidal: 0 });
  const make = (loss: number) =>
    simulateObservations({ receiver: 'r', gpst: AT, receiverEcef, ephemerides, cnrLoss: () => loss });
  const count = [0, 10, 20, 40].map((loss) => make(loss).gnssObservationList.length);
  assert.ok((count[0] ?? 0) >= 12);
  assert.ok((count[2] ?? 0) < (count[0] ?? 0));
  assert.equal(count[3], 0);
});

for (const variant of [4, 7] as const) {
  test(`simulated bytes of MSM${variant} and 1042 lead through the decoder back to the position`, () => {
    const constellation = designConstellation(AT);
    const ephemerides = new EphemerisStore(constellation);
    const receiverEcef = ecefFromGeodetic({ lat: 1.3, lon: 103.8, heightEllipsoidal: 30 });
    const set = simulateObservations({ receiver: 'RTCM 42', gpst: AT, receiverEcef, ephemerides });
    const frames = [
      ...constellation.map((e) => encodeMessage(ephemerisMessage(e))),
      ...encodeObservations(set, { station: 42, variant }),
    ];
    const receiver = createReceiver();
    const events = frames.flatMap((frame) => receiver.push(frame));
    const decoded = new EphemerisStore();
    let solved = 0;
    for (const event of events) {
      if (event.event === 'ephemeris') decoded.add(event.ephemeris);
      if (event.event !== 'epoch') continue;
      assert.equal(event.gpst, AT);
      assert.equal(Date.parse(event.set.ts), utcFromGpst(AT));
      assert.equal(event.set.receiver, 'RTCM 42');
      const solution = solvePosition({ set: event.set, ephemerides: decoded });
      assert.ok(solution.solved);
      assert.ok(distance(solution.ecef, receiverEcef) < 0.05);
      solved += 1;
    }
    assert.equal(solved, 1);
    assert.deepEqual([...decoded], [...ephemerides]);
  });
}
