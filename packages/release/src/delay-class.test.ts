import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { delayClass, delayQuantile } from './delay-class.ts';

test('the median of classes of delay is within a tenth of the median of the delays', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10 ** 10 }), { minLength: 1, maxLength: 99 }), (all) => {
      const counts: Record<string, number> = {};
      for (const one of all) counts[delayClass(one)] = (counts[delayClass(one)] ?? 0) + 1;
      const median = [...all].sort((a, b) => a - b)[Math.ceil(all.length / 2) - 1] ?? 0;
      const told = delayQuantile(counts, 0.5) ?? Number.NaN;
      assert.ok(Math.abs(told - median) <= 0.1 * median + 1, `${told} for ${median}`);
    }),
  );
});

test('of nothing there is no median', () => {
  assert.equal(delayQuantile({}, 0.5), undefined);
});
