import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaFacts, areaQuestions } from './index.ts';
import { clause, corridor, state, world } from './testing/small-world.ts';

const says = 'never there';
const asks = (named: boolean) =>
  areaQuestions(
    world(
      state({
        clauses: [clause({ within: 'corridor' })],
        never: named ? [{ release: { area: 'corridor' }, to: 'any-other-party', says }] : [],
      }),
    ),
  );
const facts = (named: boolean, place: Parameters<typeof areaFacts>[2]) =>
  areaFacts(asks(named).areas, [], place);
const inside = { point: { lat: 26, lon: 56 } };
const outside = { point: { lat: 0, lon: 0 } };

test('where a line names an area it is known of points that they lie clear of it, and of nothing else', () => {
  assert.deepEqual(facts(true, inside), [corridor.hash]);
  assert.deepEqual(facts(true, outside), [`${corridor.hash}!`]);
  assert.deepEqual(facts(true, undefined), []);
  const { lat, lon } = outside.point;
  const ring = [outside.point, { lat: lat + 1, lon }, { lat, lon: lon + 1 }];
  assert.deepEqual(facts(true, { ring }), []);
  assert.deepEqual(facts(true, { point: { lat: 91, lon: 0 } }), []);
});

test('where no line names it, nothing is said, so that classes do not multiply', () => {
  assert.deepEqual(facts(false, outside), []);
});

test('the same area is the same object each time: what is known of its cells is kept', () => {
  assert.equal(asks(true).areas[0], asks(true).areas[0]);
});
