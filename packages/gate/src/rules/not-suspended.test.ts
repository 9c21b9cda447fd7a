import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseOf, state, world } from '../testing/small-world.ts';
import { notSuspended } from './not-suspended.ts';

test('a suspended agreement permits nothing', () => {
  assert.ok(notSuspended.permits(caseOf()));
  const c = caseOf({ world: world(state({}, { standing: 'suspended' })) });
  assert.ok(!notSuspended.permits(c));
  assert.equal(notSuspended.says(c), 'strait-watch is suspended');
});
