import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseOf, state, world } from '../testing/small-world.ts';
import { suspicion } from './suspicion.ts';

const under = (suspend: string[], suspected: boolean) =>
  caseOf({ world: world(state({ incidents: { notify: 1, suspend } }, { suspicion: suspected })) });

test('the clauses that an agreement names rest while an incident is suspected, and no others', () => {
  assert.ok(!suspicion.permits(under(['tracks'], true)));
  assert.ok(suspicion.permits(under(['tracks'], false)));
  assert.ok(suspicion.permits(under(['another'], true)));
  assert.ok(suspicion.permits(caseOf({ world: world(state({}, { suspicion: true })) })));
  assert.match(suspicion.says(under(['tracks'], true)), /tracks rests/);
});
