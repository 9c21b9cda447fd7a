import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PolicyId } from '@concord/label';
import { ALDER, BIRCH, caseOf, grant, state, world } from '../testing/small-world.ts';
import { clearance } from './clearance.ts';

const permits = (level: string, classification: string, policy: PolicyId = ALDER) =>
  clearance.permits(caseOf({ reader: { grants: [grant({ level })] }, item: { policy, classification } }));

test('a clearance reaches as far as the table of equivalence says', () => {
  assert.ok(permits('OFFICIAL', 'RESTRICTED'));
  assert.ok(!permits('OFFICIAL', 'SECRET'));
  assert.ok(permits('MOST SECRET', 'SECRET'));
  assert.ok(!permits('SECRET', 'TOP SECRET'));
  assert.ok(permits('SECRET', 'OFFICIAL', BIRCH));
});

test('a level without a row, or one that nobody knows, is out of reach', () => {
  assert.ok(!permits('MOST SECRET', 'OPEN'));
  assert.ok(!permits('MOST SECRET', 'UNHEARD OF'));
  assert.ok(!permits('TOP SECRET', 'RESTRICTED'), 'TOP SECRET is no level of the reader');
  assert.ok(!permits('UNHEARD OF', 'UNHEARD OF', BIRCH));
});

test('without a grant, a policy or a party there is no clearance', () => {
  assert.ok(!clearance.permits({ ...caseOf(), grant: undefined }));
  assert.ok(!clearance.permits(caseOf({ world: { ...world(), policies: new Map() } })));
  assert.ok(!clearance.permits(caseOf({ world: world(state({ parties: [] })) })));
  assert.match(clearance.says(caseOf()), /clearance of SECRET does not reach ALDER RESTRICTED/);
});
