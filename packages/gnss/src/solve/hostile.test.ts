import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EphemerisStore } from '../ephemeris/ephemeris-store.ts';
import { ecefFromGeodetic, type Vector3 } from '../geodesy.ts';
import { designConstellation } from '../simulate/constellation.ts';
import { simulateObservations } from '../simulate/simulate-observations.ts';
import { gpst } from '../time/time-scale.ts';
import { solvePosition } from './solve.ts';

const AT = gpst(2400, 300_000);
const constellation = designConstellation(AT);
const receiverEcef = ecefFromGeodetic({ lat: 1.3, lon: 103.8, heightEllipsoidal: 30 });
const set = simulateObservations({
  receiver: 'r',
  gpst: AT,
  receiverEcef,
  ephemerides: new EphemerisStore(constellation),
});
const anything = fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e300));

test('no observation values, ephemerides or options make the solver throw or give a position that is no number', () => {
  const damage = fc.record({
    values: fc.array(fc.tuple(fc.nat(), fc.nat(), anything), { maxLength: 20 }),
    elements: fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('sqrtA', 'e', 'm0', 'af0', 'toe', 'i0', 'tgd1'), anything),
      {
        maxLength: 6,
      },
    ),
    mask: anything,
    near: fc.option(fc.tuple(anything, anything, anything), { nil: undefined }),
  });
  fc.assert(
    fc.property(damage, ({ values, elements, mask, near }) => {
      const gnssObservationList = set.gnssObservationList.map((o) => ({ ...o, ob: [...o.ob] }));
      for (const [sat, at, value] of values) {
        const ob = gnssObservationList[sat % gnssObservationList.length]?.ob;
        if (ob !== undefined) ob[at % ob.length] = value;
      }
      const damaged = [...constellation];
      for (const [sat, key, value] of elements) {
        const at = sat % damaged.length;
        const e = damaged[at];
        if (e !== undefined) damaged[at] = { ...e, [key]: value };
      }
      const options = { elevationMask: mask, ...(near && { near: near as Vector3 }) };
      const input = { set: { ...set, gnssObservationList }, ephemerides: new EphemerisStore(damaged) };
      const solution = solvePosition(input, options);
      if (!solution.solved) return;
      const numbers = [...solution.ecef, solution.lat, solution.lon, solution.pdop, solution.clockBias];
      assert.ok(numbers.every(Number.isFinite), numbers.join(' '));
      // A majority of good satellites keeps the position where it is, unless the result says otherwise.
      if (values.length + elements.length <= 2 && solution.consistency === 'consistent') {
        const off = Math.hypot(...solution.ecef.map((value, i) => value - (receiverEcef[i] ?? 0)));
        assert.ok(off < 60, `${off} m`);
      }
    }),
    { numRuns: 400 },
  );
});
