import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOBODY } from '@concord/label';
import { caseOf, clause, grant, state, world } from '../testing/small-world.ts';
import { purpose, purposesServed } from './purpose.ts';

interface Purposes {
  readonly ofClause?: string[];
  readonly ofLabel?: string[];
  readonly granted?: string[];
  readonly stated?: string[];
}
const caseFor = ({ ofClause = [], ofLabel = [], granted = [], stated = [] }: Purposes) =>
  caseOf({
    world: world(state({ clauses: [clause({ purposes: ofClause })] })),
    item: { purposes: ofLabel },
    reader: { purposes: stated, grants: [grant({ purposes: granted })] },
  });
const permits = (over: Purposes) => purpose.permits(caseFor(over));

test('where nobody asks for a purpose, none is needed', () => {
  assert.ok(permits({}));
  assert.ok(permits({ granted: ['rescue'] }));
  assert.equal(purposesServed(caseFor({})), undefined);
});

test('a purpose must be granted, stated and allowed by clause and label all at once', () => {
  const all = ['rescue'];
  assert.ok(permits({ ofClause: all, ofLabel: all, granted: all, stated: all }));
  assert.ok(permits({ ofClause: all, granted: all }));
  assert.ok(!permits({ ofClause: all }));
  assert.ok(!permits({ ofClause: all, granted: ['fishery'] }));
  assert.ok(!permits({ ofLabel: all, granted: ['fishery'] }));
  assert.ok(!permits({ stated: all, granted: ['fishery'] }));
  assert.ok(!permits({ ofClause: all, granted: ['rescue', 'fishery'], stated: ['fishery'] }));
  assert.ok(!permits({ ofClause: ['a', 'b'], ofLabel: ['b', 'c'], granted: ['a', 'c'] }));
  assert.deepEqual(purposesServed(caseFor({ ofClause: ['a', 'b'], granted: ['b', 'c'] })), ['b']);
});

test('nobody has the purpose that is left to nobody', () => {
  assert.ok(!permits({ ofLabel: [NOBODY], granted: [NOBODY], stated: [NOBODY] }));
});

test('a denial names the purposes of the clause', () => {
  assert.equal(
    purpose.says(caseFor({ ofClause: ['rescue'] })),
    'none of your purposes serves clause tracks (rescue)',
  );
});
