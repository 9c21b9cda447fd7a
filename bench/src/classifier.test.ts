import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advantage } from './classifier.ts';

/** A fixed spread of values, as times have one: many near the middle, a few far above. */
const spread = (shift: number, phase: number) =>
  Array.from(
    { length: 10_000 },
    (_, i) => 1 + shift + ((i * 7919 + phase) % 1000) / 1000 + (i % 97 === 0 ? 3 : 0),
  );

test('equal values are told apart no better than by a tossed coin', () => {
  for (const seed of [1, 2, 3]) assert.ok(Math.abs(advantage(spread(0, 0), spread(0, 13), seed)) < 0.05);
});

test('values that differ are told apart, whichever is the larger, and so are those that only spread otherwise', () => {
  assert.ok(advantage(spread(0, 0), spread(5, 0), 1) > 0.95);
  assert.ok(advantage(spread(0.1, 0), spread(0, 0), 1) > 0.05);
  const two = spread(0, 0).map((one, i) => (i % 2 === 0 ? one - 0.3 : one + 0.3));
  assert.ok(advantage(two, spread(0, 0), 1) > 0.1);
});
