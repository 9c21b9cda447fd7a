import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgreementStanding } from '../index.ts';
import { caseOf, state, world } from '../testing/small-world.ts';
import { inForce } from './in-force.ts';

test('an agreement counts from its beginning to its end', () => {
  const under = (standing: AgreementStanding) => caseOf({ world: world(state({}, { standing })) });
  assert.ok(inForce.permits(under('in-force')));
  assert.ok(inForce.permits(under('suspended')), 'another rule speaks of that');
  assert.ok(!inForce.permits(under('not-yet')));
  assert.ok(!inForce.permits(under('ended')));
  assert.ok(!inForce.permits(under('draft' as AgreementStanding)));
  assert.equal(inForce.says(under('not-yet')), 'strait-watch is not yet in force');
  assert.equal(inForce.says(under('ended')), 'strait-watch is ended');
});
