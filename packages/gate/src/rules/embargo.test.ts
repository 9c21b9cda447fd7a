import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseOf, clause, state, world } from '../testing/small-world.ts';
import { embargo } from './embargo.ts';

const under = (opened?: string[]) =>
  caseOf({ world: world(state({ clauses: [clause({ embargo: 5 })] }, opened ? { opened } : {})) });

test('a clause under embargo permits nothing until it is known to have passed', () => {
  assert.ok(embargo.permits(caseOf()));
  assert.ok(embargo.permits(under(['tracks'])));
  assert.ok(!embargo.permits(under(['another'])));
  assert.ok(!embargo.permits(under()));
  assert.equal(embargo.says(under()), 'clause tracks permits nothing yet');
});
