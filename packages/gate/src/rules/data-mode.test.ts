import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseOf, clause, state, world } from '../testing/small-world.ts';
import { dataMode } from './data-mode.ts';

test('a clause that names data modes is for these', () => {
  const under = (...modes: ('REAL' | 'TEST')[]) =>
    caseOf({ world: world(state({ clauses: [clause({ dataModes: modes })] })) });
  assert.ok(dataMode.permits(caseOf()));
  assert.ok(dataMode.permits(under('REAL', 'TEST')));
  assert.ok(!dataMode.permits(under('TEST')));
  assert.ok(!dataMode.permits(under()));
  assert.equal(dataMode.says(under('TEST')), 'clause tracks is not for REAL data');
});
