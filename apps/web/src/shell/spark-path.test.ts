import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sparkPath } from './spark-path.ts';

test('a line runs from the first value to the last within its box', () => {
  assert.equal(sparkPath([0, 10, 5], 22, 12), 'M1.0 11.0L11.0 1.0L21.0 6.0');
});

test('equal values are a flat line, fewer than two are none', () => {
  assert.equal(sparkPath([3, 3], 12, 12), 'M1.0 11.0L11.0 11.0');
  assert.equal(sparkPath([3], 12, 12), '');
});
