import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advance, count, newTally, rate, TALLY_SECONDS } from './tally.ts';

test('the rate is the mean of whole seconds and leaves the running one out', () => {
  const tally = newTally(100);
  for (let second = 100; second < 110; second += 1) count(tally, second, 3);
  count(tally, 110, 99);
  assert.equal(rate(tally, 110), 3);
});

test('silence empties the window', () => {
  const tally = newTally(0);
  count(tally, 1, 5);
  advance(tally, 1000);
  assert.equal(tally.counts.length, TALLY_SECONDS);
  assert.equal(rate(tally, 1000), 0);
  assert.equal(tally.total, 5);
});

test('a clock that steps back loses nothing', () => {
  const tally = newTally(50);
  count(tally, 50);
  count(tally, 40);
  assert.equal(tally.counts.at(-1), 2);
});
