import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PolicyId } from '@concord/label';
import { ALDER, BIRCH, caseOf, clause, state, world } from '../testing/small-world.ts';
import { ceiling } from './ceiling.ts';

const permits = (top: string, classification: string, policy: PolicyId = ALDER) =>
  ceiling.permits(
    caseOf({
      world: world(state({ clauses: [clause({ ceiling: top })] })),
      item: { policy, classification },
    }),
  );

test('a ceiling lets its own level and those below pass', () => {
  assert.ok(permits('SECRET', 'OPEN'));
  assert.ok(permits('SECRET', 'SECRET'));
  assert.ok(!permits('SECRET', 'TOP SECRET'));
  assert.ok(!permits('SECRET', 'UNHEARD OF'));
  assert.ok(!permits('UNHEARD OF', 'OPEN'));
});

test('a ceiling says nothing of a policy that is not the originator’s own', () => {
  assert.ok(!permits('SECRET', 'SECRET', BIRCH));
  assert.match(ceiling.says(caseOf()), /above the ceiling SECRET of clause tracks/);
});
