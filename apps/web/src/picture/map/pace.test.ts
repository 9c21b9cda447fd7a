import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paceAt } from './pace.ts';

test('the whole globe is drawn once a second, a near view ten times', () => {
  assert.equal(paceAt(1), 1000);
  assert.equal(paceAt(10), 100);
  for (let zoom = 0; zoom < 12; zoom += 0.5) assert.ok(paceAt(zoom) >= paceAt(zoom + 0.5));
});
