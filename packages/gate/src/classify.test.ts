import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellWithin, within } from '@concord/agreement';
import { type Item, type Point, readLabel } from '@concord/label';
import fc from 'fast-check';
import { areaFact, areaFacts, areaQuestions, classify, releaseKey } from './index.ts';
import { alder, birch, cedar, clause, corridor, state, world } from './testing/small-world.ts';

const { hash } = corridor;
const label = (over: object = {}) =>
  readLabel({ policy: 'ALDER', classification: 'SECRET', dataMode: 'REAL', ...over });
const ship = (over: Partial<Item> = {}): Item => ({
  kind: 'ais.position',
  time: 0,
  series: '1',
  label: label(),
  originators: [alder],
  record: {},
  ...over,
});
const nowhere = (one: Item, now = 0) => classify(one, [], [], now);

test('an item lies in an area as itself and as each of its cells', () => {
  const inside: Point = { lat: 26, lon: 56 };
  assert.deepEqual(areaFacts([corridor], [7, 5], { point: inside }), [hash, `${hash}#5`, `${hash}#7`]);
  const edge: Point = { lat: 25.001, lon: 56 };
  assert.deepEqual(areaFacts([corridor], [5], { point: edge }), [hash]);
  assert.deepEqual(areaFacts([corridor], [5], { point: { lat: 0, lon: 0 } }), []);
  assert.deepEqual(areaFacts([corridor], [5], undefined), []);
  assert.deepEqual(areaFacts([corridor], [5], { point: { lat: Number.NaN, lon: 500 } }), []);
});

test('what is not a point has no cells', () => {
  const ring = [
    { lat: 26, lon: 56 },
    { lat: 26.1, lon: 56 },
    { lat: 26, lon: 56.1 },
  ];
  assert.deepEqual(areaFacts([corridor], [5], { ring }), [hash]);
});

test('every fact holds, and a cell within an area means its points within it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 24, max: 28, noNaN: true }),
      fc.double({ min: 54, max: 58, noNaN: true }),
      fc.subarray([0, 2, 3, 4, 5, 6, 7, 9]),
      (lat, lon, resolutions) => {
        const point = { lat, lon };
        const facts = areaFacts([corridor], resolutions, { point });
        assert.equal(facts.includes(hash), within(corridor, { point }));
        for (const h3 of resolutions) {
          const whole = facts.includes(areaFact(corridor, h3));
          assert.equal(whole, cellWithin(corridor, point, h3));
          if (whole) assert.ok(facts.includes(hash));
        }
      },
    ),
  );
});

test('an item is under embargo until the very instant, and where the instant cannot be read', () => {
  const one = ship({ label: label({ embargoUntil: '2026-12-01T00:00:00Z' }) });
  const end = Date.UTC(2026, 11, 1);
  assert.equal(nowhere(one, end - 1).state, 'embargoed');
  assert.equal(nowhere(one, end).state, 'normal');
  assert.equal(nowhere(ship({ label: { ...label(), embargoUntil: 'soon' } }), end).state, 'embargoed');
  assert.equal(nowhere(ship()).state, 'normal');
});

test('equal facts have equal keys, whatever the order in which they came', () => {
  const one = classify(ship({ originators: [cedar, alder] }), [], [], 0, [birch, alder]);
  const two = classify(ship({ originators: [alder, cedar, alder], time: 9, series: '2' }), [], [], 5, [
    alder,
    birch,
  ]);
  assert.equal(releaseKey(one), releaseKey(two));
  const keys = [
    nowhere(ship()),
    nowhere(ship({ originators: [birch] })),
    nowhere(ship({ kind: 'report' })),
    classify(ship(), [], [], 0, [birch]),
    ...[{ releasableTo: [] }, { releasableTo: ['birch'] }, { purposes: ['a'] }, { caveats: ['ORCON'] }].map(
      (over) => nowhere(ship({ label: label(over) })),
    ),
  ].map(releaseKey);
  assert.equal(new Set(keys).size, keys.length);
});

test('a world asks about the areas and resolutions of its clauses', () => {
  const where = world(
    state({
      clauses: [
        clause({ within: 'corridor' }),
        clause({ id: 'b', obligations: { position: { h3: 7 } } }),
        clause({ id: 'c', obligations: { position: { h3: 4 } } }),
      ],
    }),
  );
  assert.deepEqual(areaQuestions(where), { areas: [corridor], resolutions: [4, 7] });
  assert.deepEqual(areaQuestions(world()), { areas: [], resolutions: [] });
});
