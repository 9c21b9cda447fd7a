import assert from 'node:assert/strict';
import { test } from 'node:test';
import { birch, caseOf, cedar } from '../testing/small-world.ts';
import { caveats } from './caveats.ts';

test('a caveat keeps an item with its originator, but for ORCON with consent', () => {
  const permits = (list: string[], consents = [birch]) =>
    caveats.permits(caseOf({ item: { caveats: list, consents } }));
  assert.ok(permits([]));
  assert.ok(permits(['ORCON']));
  assert.ok(!permits(['ORCON'], []));
  assert.ok(!permits(['ORCON'], [cedar]));
  assert.ok(!permits(['NOFORN']));
  assert.ok(!permits(['NOFORN', 'ORCON']));
  assert.ok(!permits(['RELIDO']));
  assert.match(caveats.says(caseOf({ item: { caveats: ['NOFORN'] } })), /NOFORN/);
});
