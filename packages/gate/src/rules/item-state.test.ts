import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemState } from '../index.ts';
import { caseOf } from '../testing/small-world.ts';
import { itemState } from './item-state.ts';

test('an item under embargo or recalled stays with its originator', () => {
  assert.ok(itemState.permits(caseOf()));
  for (const [state, says] of [
    ['embargoed', 'it is under embargo'],
    ['recalled', 'its originator has recalled it'],
  ] as const) {
    const c = caseOf({ item: { state } });
    assert.ok(!itemState.permits(c));
    assert.equal(itemState.says(c), says);
  }
  assert.ok(!itemState.permits(caseOf({ item: { state: '' as ItemState } })));
});
