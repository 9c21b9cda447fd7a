import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Category, DataMode, ItemKind, PolicyId } from '@concord/label';
import type { ReleaseFacts } from '../index.ts';
import { caseOf } from '../testing/small-world.ts';
import { labelKnown } from './label-known.ts';

const permits = (over: Partial<ReleaseFacts>) => labelKnown.permits(caseOf({ item: over }));

test('a known level of a known policy passes', () => {
  assert.ok(permits({ classification: 'TOP SECRET' }));
});

test('what is not known is denied', () => {
  const category = { tagSet: 'SAR', type: 'restrictive', values: ['MED'] } as unknown as Category;
  assert.ok(!permits({ policy: 'NOWHERE' as PolicyId }));
  assert.ok(!permits({ policy: '__proto__' as PolicyId }));
  assert.ok(!permits({ classification: '' }));
  assert.ok(!permits({ classification: 'secret' }));
  assert.ok(!permits({ classification: 'MOST SECRET' }));
  assert.ok(!permits({ originators: [] }));
  assert.ok(!permits({ kind: 'constructor' as ItemKind }));
  assert.ok(!permits({ dataMode: 'real' as DataMode }));
  assert.ok(!permits({ categories: [category] }));
});

test('a denial names the label', () => {
  assert.equal(
    labelKnown.says(caseOf({ item: { classification: 'LOW' } })),
    'ALDER LOW is not a known level of a known policy',
  );
});
