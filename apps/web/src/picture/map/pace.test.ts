import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paceAt } from './pace.ts';

test('the whole globe is drawn once a second, a near view four times', () => {
  assert.equal(paceAt(1), 1000);
  assert.equal(paceAt(10), 250);
  for (let zoom = 0; zoom < 12; zoom += 0.5) assert.ok(paceAt(zoom) >= paceAt(zoom + 0.5));
});

test('where a frame is dear there are fewer', () => {
  assert.equal(paceAt(10, 300), 2000);
  assert.equal(paceAt(10, 10), 250);
});
