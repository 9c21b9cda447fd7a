import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DelayRung, joinObligations, type Obligations, obligationsText } from './index.ts';

const obligations: fc.Arbitrary<Obligations> = fc
  .record({
    h3: fc.option(fc.integer({ min: 0, max: 15 }), { nil: undefined }),
    delay: fc.integer({ min: 0, max: 5 }),
    drop: fc.uniqueArray(fc.constantFrom('raw', 'speed', 'course', 'callSign', 'destination')),
  })
  .map(({ h3, delay, drop }) => ({
    ...(h3 !== undefined && { position: { h3 } }),
    ...(delay > 0 && { delay: delay as DelayRung }),
    ...(drop.length > 0 && { drop: drop.sort() }),
  }));
const same = (a: Obligations, b: Obligations) => assert.equal(obligationsText(a), obligationsText(b));

test('obligations compose in any order and grouping, any number of times, to the same result', () => {
  fc.assert(
    fc.property(obligations, obligations, obligations, (a, b, c) => {
      same(joinObligations(a, b), joinObligations(b, a));
      same(joinObligations(joinObligations(a, b), c), joinObligations(a, joinObligations(b, c)));
      same(joinObligations(a, a), a);
      same(joinObligations(a, {}), a);
      same(joinObligations(joinObligations(a, b), b), joinObligations(a, b));
    }),
  );
});

test('any shuffle of a list of obligations joins to the same', () => {
  const shuffled = fc
    .array(obligations, { maxLength: 6 })
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  const all = (list: readonly Obligations[]) => list.reduce(joinObligations, {});
  fc.assert(fc.property(shuffled, ([list, other]) => same(all(list), all(other))));
});
