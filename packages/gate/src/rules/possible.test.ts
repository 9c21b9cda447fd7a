import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Obligations } from '@concord/agreement';
import { caseOf, clause, state, world } from '../testing/small-world.ts';
import { possible } from './possible.ts';

test('a clause whose obligations cannot be met permits nothing', () => {
  const under = (obligations: Obligations, kind: 'ais.position' | 'report') =>
    caseOf({ world: world(state({ clauses: [clause({ obligations })] })), item: { kind } });
  assert.ok(possible.permits(under({ position: { h3: 5 } }, 'ais.position')));
  assert.ok(!possible.permits(under({ position: { h3: 5 } }, 'report')));
  assert.ok(!possible.permits(under({ drop: ['mmsi'] }, 'ais.position')));
  assert.match(possible.says(under({}, 'report')), /cannot be done to report/);
});
