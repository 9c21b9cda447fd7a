import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseOf, clause, corridor, state, world } from '../testing/small-world.ts';
import { area } from './area.ts';

const permits = (areas: string[], within = 'corridor', h3?: number) => {
  const obligations = h3 === undefined ? {} : { position: { h3 } };
  return area.permits(
    caseOf({ world: world(state({ clauses: [clause({ within, obligations })] })), item: { areas } }),
  );
};

test('a clause without an area is for everywhere', () => {
  assert.ok(area.permits(caseOf()));
});

test('an item lies in the area version of the clause', () => {
  assert.ok(permits([corridor.hash]));
  assert.ok(!permits([]));
  assert.ok(!permits(['0'.repeat(32)]));
  assert.ok(!permits([corridor.hash], 'elsewhere'));
});

test('what is released as a cell lies there with its whole cell', () => {
  assert.ok(permits([corridor.hash, `${corridor.hash}#7`], 'corridor', 7));
  assert.ok(!permits([corridor.hash], 'corridor', 7));
  assert.ok(!permits([corridor.hash, `${corridor.hash}#8`], 'corridor', 7));
});
