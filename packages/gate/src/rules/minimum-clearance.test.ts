import assert from 'node:assert/strict';
import { test } from 'node:test';
import { birch, caseOf, grant, state, world } from '../testing/small-world.ts';
import { minimumClearance } from './minimum-clearance.ts';

const under = (minimum: string, level?: string) =>
  caseOf({
    world: world(state({ access: [{ party: birch, minimum }] })),
    reader: { grants: level === undefined ? [] : [grant({ level })] },
  });

test('a clearance is at least what the agreement asks of a party’s officers, whatever the item', () => {
  assert.ok(minimumClearance.permits(under('SECRET', 'SECRET')));
  assert.ok(!minimumClearance.permits(under('SECRET', 'OFFICIAL')));
  assert.ok(!minimumClearance.permits(under('SECRET')));
  assert.ok(!minimumClearance.permits(under('UNHEARD OF', 'MOST SECRET')));
  assert.ok(minimumClearance.permits(caseOf()));
  assert.match(minimumClearance.says(under('SECRET')), /SECRET at least/);
});
