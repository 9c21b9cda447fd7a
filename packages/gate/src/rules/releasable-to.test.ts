import assert from 'node:assert/strict';
import { test } from 'node:test';
import { birch, caseOf, cedar } from '../testing/small-world.ts';
import { releasableTo } from './releasable-to.ts';

test('where a label names parties, others do not receive', () => {
  assert.ok(releasableTo.permits(caseOf()));
  assert.ok(releasableTo.permits(caseOf({ item: { releasableTo: [birch, cedar] } })));
  assert.ok(!releasableTo.permits(caseOf({ item: { releasableTo: [cedar] } })));
  assert.ok(!releasableTo.permits(caseOf({ item: { releasableTo: [] } })));
  assert.equal(releasableTo.says(caseOf()), 'its label does not name birch');
});
