import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alder, birch, caseOf, grant, state, world } from '../testing/small-world.ts';
import { confirmation } from './confirmation.ts';

const under = (party: typeof birch, confirmed: boolean) =>
  caseOf({
    world: world(state({ access: [{ party, confirmation: 1 }] })),
    reader: { grants: [grant(confirmed ? { confirmed: true } : {})] },
  });

test('where the agreement asks for it, a clearance that is not known to be confirmed does not count', () => {
  assert.ok(confirmation.permits(under(birch, true)));
  assert.ok(!confirmation.permits(under(birch, false)));
  assert.ok(confirmation.permits(under(alder, false)));
  assert.ok(confirmation.permits(caseOf()));
  assert.match(confirmation.says(under(birch, false)), /has not confirmed/);
});
