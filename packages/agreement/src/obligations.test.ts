import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ITEM_KINDS } from '@concord/label';
import fc from 'fast-check';
import {
  canOblige,
  DELAY_LADDER,
  type DelayRung,
  delayRung,
  droppable,
  durationMs,
  joinObligations,
  type Obligations,
  obligationsText,
} from './index.ts';

const anyObligations: fc.Arbitrary<Obligations> = fc
  .record({
    h3: fc.option(fc.integer({ min: 0, max: 15 }), { nil: undefined }),
    delay: fc.integer({ min: 0, max: 5 }),
    drop: fc.subarray(['a', 'b', 'c', 'd']),
  })
  .map(({ h3, delay, drop }) => ({
    ...(h3 !== undefined && { position: { h3 } }),
    ...(delay > 0 && { delay: delay as DelayRung }),
    ...(drop.length > 0 && { drop }),
  }));

/** True where `a` does at least what `b` does. */
const asStrict = (a: Obligations, b: Obligations): boolean =>
  (a.position?.h3 ?? 16) <= (b.position?.h3 ?? 16) &&
  (a.delay ?? 0) >= (b.delay ?? 0) &&
  (b.drop ?? []).every((field) => a.drop?.includes(field));

test('a join does at least what each does, and nothing that neither does', () => {
  fc.assert(
    fc.property(anyObligations, anyObligations, anyObligations, (a, b, c) => {
      const join = joinObligations(a, b);
      assert.ok(asStrict(join, a) && asStrict(join, b));
      if (asStrict(c, a) && asStrict(c, b)) assert.ok(asStrict(c, join));
    }),
  );
});

test('a join is the same in any order, and with itself it is itself', () => {
  fc.assert(
    fc.property(anyObligations, anyObligations, anyObligations, (a, b, c) => {
      assert.deepEqual(joinObligations(a, b), joinObligations(b, a));
      assert.deepEqual(joinObligations(joinObligations(a, b), c), joinObligations(a, joinObligations(b, c)));
      assert.deepEqual(joinObligations(a, a), a);
      assert.deepEqual(joinObligations(a, {}), a);
    }),
  );
});

test('obligations have the same text exactly where they are the same', () => {
  fc.assert(
    fc.property(anyObligations, anyObligations, (a, b) => {
      assert.equal(obligationsText(a) === obligationsText(b), asStrict(a, b) && asStrict(b, a));
    }),
  );
});

test('a duration is on the ladder whatever way it is written', () => {
  for (const [rung, { text, ms }] of DELAY_LADDER.entries()) {
    assert.equal(delayRung(text), rung);
    assert.equal(delayRung(`PT${ms / 1000}S`), rung);
  }
  for (const off of ['PT2M', 'P1M', 'P1Y', '', 'P', 'PT', '10 min', 'PT10M ', 'pt10m', 'PT-1M', 'P1DT']) {
    assert.equal(delayRung(off), undefined, off);
  }
});

test('a duration in days, hours, minutes and seconds is so many milliseconds', () => {
  assert.equal(durationMs('P1DT2H3M4S'), (((24 + 2) * 60 + 3) * 60 + 4) * 1000);
  assert.equal(durationMs('P90D'), 90 * 86_400_000);
  assert.equal(durationMs('P1W'), undefined);
});

test('what a record cannot be without is not dropped', () => {
  for (const kind of ITEM_KINDS) {
    assert.ok(droppable(kind, 'remark'));
    assert.ok(canOblige(kind, { delay: 5, drop: ['remark'] }));
  }
  assert.ok(!canOblige('ais.position', { drop: ['mmsi'] }));
  assert.ok(!canOblige('gnss.observation', { position: { h3: 0 } }));
  assert.ok(canOblige('ais.position', { position: { h3: 0 } }));
});
