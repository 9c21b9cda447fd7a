import assert from 'node:assert/strict';
import { test } from 'node:test';
import { birch, caseOf, state, world } from '../testing/small-world.ts';
import { nationality } from './nationality.ts';

const of = (state_: string | undefined) =>
  caseOf({
    world: world(state({ access: [{ party: birch, nationals: ['AA', 'BB'] }] })),
    reader: state_ === undefined ? {} : { nationality: state_ },
  });

test('nationals of third states, and those of whom nothing is known, do not receive', () => {
  assert.ok(nationality.permits(of('BB')));
  assert.ok(!nationality.permits(of('CC')));
  assert.ok(!nationality.permits(of(undefined)));
  assert.ok(nationality.permits(caseOf()));
  assert.match(nationality.says(of('CC')), /third states/);
});
