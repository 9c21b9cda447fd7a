import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scope } from '@concord/agreement';
import type { ReleaseFacts } from '../index.ts';
import { alder, BIRCH, birch, caseOf, state, world } from '../testing/small-world.ts';
import { scope } from './scope.ts';

const permits = (over: Partial<Scope>, item: Partial<ReleaseFacts> = {}) =>
  scope.permits(caseOf({ world: world(state({ scope: { ceilings: [], ...over } })), item }));

test('above an originator’s ceiling, or in another policy, nothing is within scope', () => {
  const ceilings = [{ party: alder, level: 'RESTRICTED' }];
  assert.ok(permits({ ceilings }));
  assert.ok(!permits({ ceilings }, { classification: 'SECRET' }));
  assert.ok(!permits({ ceilings }, { policy: BIRCH, classification: 'OFFICIAL' }));
  assert.ok(permits({ ceilings: [{ party: birch, level: 'OFFICIAL' }] }, { classification: 'SECRET' }));
});

test('only tag sets and data modes of the scope are within it', () => {
  const tagged = (type: 'RESTRICTIVE' | 'PERMISSIVE' | 'INFORMATIVE') => ({
    categories: [{ tagSet: 'SAR', type, values: ['A'] }],
  });
  assert.ok(permits({ categories: ['SAR'] }, tagged('RESTRICTIVE')));
  assert.ok(!permits({ categories: ['NET'] }, tagged('RESTRICTIVE')));
  assert.ok(!permits({ categories: ['NET'] }, tagged('PERMISSIVE')));
  assert.ok(permits({ categories: ['NET'] }, tagged('INFORMATIVE')));
  assert.ok(permits({ dataModes: ['REAL'] }));
  assert.ok(!permits({ dataModes: ['TEST'] }));
  assert.match(scope.says(caseOf()), /outside the scope of strait-watch/);
});
