import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sharedData } from '../../../../tests/shared-data.ts';
import { EphemerisStore } from '../ephemeris/ephemeris-store.ts';
import type { Vector3 } from '../geodesy.ts';
import type { GnssObservationSet } from '../observation/observation-set.ts';
import { createReceiver } from '../receiver/receiver.ts';
import { readRinexNav } from '../rinex/nav.ts';
import { readRinexObs } from '../rinex/obs.ts';
import { type Gpst, gpst } from '../time/time-scale.ts';
import type { SolvableSystem } from './measurement.ts';
import { posHeader, posLine } from './pos-format.ts';
import type { NoSolution, Solution, SolveOptions } from './solution.ts';
import { solvePosition } from './solve.ts';

interface Epoch {
  readonly gpst: Gpst;
  readonly set: GnssObservationSet;
}

interface Recording {
  readonly epochs: readonly Epoch[];
  readonly ephemerides: EphemerisStore;
}
const decoded = new Map<string, Recording>();

/** Epochs and all ephemerides of a recording, as a post-processing peer would have them. */
function recording(name: string): Recording | undefined {
  const known = decoded.get(name);
  if (known !== undefined) return known;
  const file = sharedData(`gnss/${name}`);
  if (file === undefined) return undefined;
  const receiver = createReceiver();
  const events = [...receiver.push(readFileSync(file)), ...receiver.end()];
  const ephemerides = new EphemerisStore();
  for (const event of events) if (event.event === 'ephemeris') ephemerides.add(event.ephemeris);
  const made = { epochs: events.flatMap((e) => (e.event === 'epoch' ? [e] : [])), ephemerides };
  decoded.set(name, made);
  return made;
}

/** Positions by epoch of a RTKLIB solution file with GPS week and second. */
function rtklib(name: string): Map<Gpst, Vector3> | undefined {
  const file = sharedData(`gnss/${name}`);
  if (file === undefined) return undefined;
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\d/.test(line));
  return new Map(
    lines.map((line) => {
      const [week = 0, second = 0, x = 0, y = 0, z = 0] = line.trim().split(/\s+/).map(Number);
      return [gpst(week, second), [x, y, z]];
    }),
  );
}

const distance = (a: Vector3, b: Vector3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
const positions = (solutions: readonly (Solution | NoSolution)[]): Vector3[] =>
  solutions.flatMap((solution) => (solution.solved ? [solution.ecef] : []));

const SYDNEY: Vector3 = [-4467074.3577, 2683011.9038, -3667008.2845];
const ESBJERG: Vector3 = [3582105.291, 532589.7313, 5232754.8054];

/** Peer's 3D RMS is 6.74 m with BDS alone (GEO and IGSO of BDS-2 only) and 3.75 m with GPS and BDS. */
for (const [systems, peer, limit] of [
  [['C'], 'STR24_dropped.bds.rtklib.pos', 6.75],
  [['G', 'C'], 'STR24_dropped.gpsbds.rtklib.pos', 3.77],
] as const) {
  test(`STR24 from its RTCM bytes with ${systems.join('+')} is as near to the truth as RTKLIB, epoch by epoch`, (t) => {
    const data = recording('STR24_dropped-packets.rtcm3');
    const reference = rtklib(peer);
    if (data === undefined || reference === undefined) return t.skip('shared data absent');
    const solutions = data.epochs.map(({ set, gpst: at }) =>
      solvePosition({ set, gpst: at, ephemerides: data.ephemerides }, { systems }),
    );
    const found = positions(solutions);
    assert.equal(found.length, 1312);
    const error = rms(found.map((position) => distance(position, SYDNEY)));
    assert.ok(error < limit, `3D RMS ${error} m`);
    const differences = solutions.flatMap((s) => {
      const theirs = reference.get(s.gpst);
      return s.solved && theirs ? [distance(s.ecef, theirs)] : [];
    });
    assert.ok(differences.length > 1300);
    const sorted = differences.toSorted((a, b) => a - b);
    assert.ok((sorted[Math.floor(sorted.length * 0.99)] ?? 99) < 0.05, `${sorted.at(-1)}`);
  });
}

test('the base of the ZED-F9R recording is found within 2.3 m', (t) => {
  const data = recording('gpsd_ublox-zed-f9r.log');
  if (data === undefined) return t.skip('shared data absent');
  const error = (systems: readonly SolvableSystem[]) => {
    const found = positions(
      data.epochs.map(({ set }) => solvePosition({ set, ephemerides: data.ephemerides }, { systems })),
    );
    assert.equal(found.length, 30);
    return rms(found.map((position) => distance(position, [4472544.6659, 601634.1, 4492545.0279])));
  };
  assert.ok(error(['C']) < 2.22);
  assert.ok(error(['G', 'C']) < 2.29);
});

test('a day at Esbjerg from RINEX has 2.18 m with BDS and 1.45 m with GPS and BDS', (t) => {
  const obs = sharedData('gnss/ESBC00DNK_R_20201770000_01D_02M_GC.rnx');
  const nav = sharedData('gnss/ESBC00DNK_R_20201770000_01D_MN.rnx');
  if (obs === undefined || nav === undefined) return t.skip('shared data absent');
  const { ephemerides, klobuchar } = readRinexNav(readFileSync(nav, 'latin1'));
  const store = new EphemerisStore(ephemerides);
  const epochs = [...readRinexObs(readFileSync(obs, 'latin1')).epochs()];
  const error = (systems: readonly SolvableSystem[]) => {
    const found = positions(
      epochs.map(({ set }) => solvePosition({ set, ephemerides: store, klobuchar }, { systems })),
    );
    assert.equal(found.length, 720);
    return rms(found.map((position) => distance(position, ESBJERG)));
  };
  assert.ok(error(['C']) < 2.185);
  assert.ok(error(['G', 'C']) < 1.455);
});

/** An epoch of STR24 in which the pseudoranges of some satellites are off by so many metres. */
function broken(offsets: Readonly<Record<string, number>>, options: SolveOptions = {}) {
  const data = recording('STR24_dropped-packets.rtcm3');
  const epoch = data?.epochs[600];
  if (data === undefined || epoch === undefined) return undefined;
  const gnssObservationList = epoch.set.gnssObservationList.map((o) => ({
    ...o,
    ob: o.ob.map((value, i) =>
      o.obsCodeSet[i]?.startsWith('C') ? value + (offsets[o.gnssSatId] ?? 0) : value,
    ),
  }));
  return solvePosition(
    { set: { ...epoch.set, gnssObservationList }, ephemerides: data.ephemerides },
    options,
  );
}

test('a satellite that is 60 m, 1 km or 3,000 km off is found, named and left out', (t) => {
  const good = broken({});
  if (good === undefined) return t.skip('shared data absent');
  assert.ok(good.solved);
  assert.equal(good.consistency, 'consistent');
  assert.deepEqual(
    good.satellitesExcluded.filter((e) => e.why === 'outlier'),
    [],
  );
  for (const sat of good.satellitesUsed) {
    for (const offset of [60, -1e3, 3e6]) {
      const solution = broken({ [sat]: offset });
      assert.ok(solution?.solved);
      assert.deepEqual(
        solution.satellitesExcluded.filter((e) => e.why === 'outlier'),
        [{ sat, why: 'outlier' }],
        `${sat} ${offset}`,
      );
      assert.equal(solution.consistency, 'consistent');
      assert.ok(distance(solution.ecef, good.ecef) < 10, `${sat} ${offset}`);
    }
  }
});

test('three broken satellites at once are left out', (t) => {
  const solution = broken({ C03: 500, G11: -200, C08: 900 });
  if (solution === undefined) return t.skip('shared data absent');
  assert.ok(solution.solved);
  const outliers = solution.satellitesExcluded.filter((e) => e.why === 'outlier').map((e) => e.sat);
  assert.deepEqual(outliers.toSorted(), ['C03', 'C08', 'G11']);
  assert.ok(distance(solution.ecef, SYDNEY) < 12);
});

test('with exclusion off the contradiction is at least declared', (t) => {
  const solution = broken({ C03: 500 }, { exclude: false });
  if (solution === undefined) return t.skip('shared data absent');
  assert.ok(solution.solved);
  assert.equal(solution.consistency, 'inconsistent');
});

test('every satellite observed is either used or excluded with a reason', (t) => {
  const data = recording('STR24_dropped-packets.rtcm3');
  const epoch = data?.epochs[0];
  if (data === undefined || epoch === undefined) return t.skip('shared data absent');
  const solution = solvePosition({ set: epoch.set, ephemerides: data.ephemerides });
  assert.ok(solution.solved);
  const named = [...solution.satellitesUsed, ...solution.satellitesExcluded.map((e) => e.sat)];
  assert.deepEqual(named.toSorted(), epoch.set.gnssObservationList.map((o) => o.gnssSatId).toSorted());
});

test('a position near by changes nothing but the number of iterations', (t) => {
  const far = broken({});
  const near = broken({}, { near: [SYDNEY[0] + 20e3, SYDNEY[1], SYDNEY[2] - 5e3] });
  if (far === undefined || near === undefined) return t.skip('shared data absent');
  assert.ok(far.solved && near.solved);
  assert.ok(distance(far.ecef, near.ecef) < 1e-3);
});

test('without ephemerides, or with too few satellites, there is no solution and a reason', () => {
  const set = { ts: '2018-07-12T23:37:10.000Z', receiver: 'r', gnssObservationList: [] };
  const none = solvePosition({ set, ephemerides: new EphemerisStore() });
  assert.deepEqual(none, {
    solved: false,
    time: '2018-07-12T23:37:10.000Z',
    gpst: gpst(2009, 430_648),
    why: 'too-few-satellites',
    satellitesExcluded: [],
  });
  const wrong = { set: { ...set, ts: 'yesterday' }, ephemerides: new EphemerisStore() };
  assert.throws(() => solvePosition(wrong), { name: 'GnssError', code: 'argument' });
});

test('a station at rest has no velocity to speak of, by the Doppler of MSM5', (t) => {
  const data = recording('gpsd_ublox-zed-f9r.log');
  if (data === undefined) return t.skip('shared data absent');
  for (const { set } of data.epochs) {
    const solution = solvePosition({ set, ephemerides: data.ephemerides });
    assert.ok(solution.solved && solution.velocity);
    assert.ok(Math.hypot(...solution.velocity.ecef) < 0.1, `${solution.velocity.enu}`);
    assert.ok(solution.velocity.residualRms < 0.1);
  }
});

test('a line in the format of RTKLIB has its columns, and deviations as RTKLIB gives them', (t) => {
  const data = recording('STR24_dropped-packets.rtcm3');
  const epoch = data?.epochs.find((e) => e.gpst === gpst(2009, 430_651));
  if (data === undefined || epoch === undefined) return t.skip('shared data absent');
  const solution = solvePosition({ set: epoch.set, ephemerides: data.ephemerides }, { systems: ['C'] });
  assert.ok(solution.solved);
  const fields = posLine(solution).split(/\s+/);
  assert.deepEqual(fields.slice(0, 2), ['2018/07/12', '23:37:31.000']);
  assert.deepEqual(fields.slice(5, 7), ['5', '9']);
  assert.equal(fields.length, 15);
  // sdx, sdy, sdz of the peer for this epoch: the trace does not depend on the axes.
  const peer = 4.5142 ** 2 + 3.759 ** 2 + 4.8768 ** 2;
  const ours = fields.slice(7, 10).reduce((sum, value) => sum + Number(value) ** 2, 0);
  assert.ok(Math.abs(ours / peer - 1) < 0.02, `${ours} ${peer}`);
  assert.match(posHeader(['C']), /% {2}GPST .* ratio$/);
});
