import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between, normal, seeded } from './random.ts';

test('the same text gives the same numbers, another text others', () => {
  const take = (text: string): number[] => Array.from({ length: 5 }, seeded(text));
  assert.deepEqual(take('a'), take('a'));
  assert.notDeepEqual(take('a'), take('b'));
  assert.notDeepEqual(take('seed/1'), take('seed/2'));
});

test('numbers are spread evenly, deviates normally', () => {
  const random = seeded('spread');
  const bins = new Array<number>(10).fill(0);
  for (let i = 0; i < 20_000; i++) {
    const value = random();
    assert.ok(value >= 0 && value < 1);
    bins[Math.floor(value * 10)]! += 1;
  }
  assert.ok(
    bins.every((count) => Math.abs(count - 2000) < 200),
    bins.join(),
  );
  const deviates = Array.from({ length: 20_000 }, () => normal(random, 3));
  const mean = deviates.reduce((sum, value) => sum + value, 0) / deviates.length;
  const square = deviates.reduce((sum, value) => sum + value * value, 0) / deviates.length;
  assert.ok(Math.abs(mean) < 0.1 && Math.abs(Math.sqrt(square) - 3) < 0.1);
  assert.ok(deviates.every(Number.isFinite));
  assert.ok(between(random, 5, 6) >= 5);
});
