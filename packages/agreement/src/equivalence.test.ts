import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PolicyId } from '@concord/label';
import { impliedPolicies, neededLevel } from './index.ts';
import { changed, EXAMPLE, read } from './testing/example.ts';

const [ELM, FIR] = ['ELM', 'FIR'] as [PolicyId, PolicyId];

test('a row of one direction says nothing of the other', () => {
  const row = '{ elm: GUARDED,  fir: SECRET }';
  const { terms } = read(changed(row, row.replace(' }', ', only: { from: elm, to: fir } }')));
  const policies = impliedPolicies(terms!);
  assert.equal(neededLevel(terms!, policies, ELM, 'GUARDED', FIR), 'SECRET');
  assert.equal(neededLevel(terms!, policies, FIR, 'SECRET', ELM), undefined);
});

test('a level without a row reaches nobody, or counts as the next higher one where the agreement has it so', () => {
  const policies = new Map([
    [ELM, { id: ELM, levels: ['PUBLIC', 'INTERNAL', 'GUARDED', 'CLOSED', 'SEALED'] }],
    [FIR, { id: FIR, levels: ['RESTRICTED', 'SECRET', 'TOP SECRET'] }],
  ]);
  const plain = read(EXAMPLE).terms!;
  const higher = read(`${EXAMPLE}missingLevels: next-higher\n`).terms!;
  assert.equal(neededLevel(plain, policies, ELM, 'PUBLIC', FIR), undefined);
  assert.equal(neededLevel(higher, policies, ELM, 'PUBLIC', FIR), 'RESTRICTED');
  // Nothing is above the highest level, and a level that is not known is not lower than any.
  assert.equal(neededLevel(higher, policies, ELM, 'SEALED', FIR), undefined);
  assert.equal(neededLevel(higher, policies, ELM, 'UNHEARD OF', FIR), undefined);
  assert.equal(neededLevel(plain, policies, ELM, 'PUBLIC', ELM), 'PUBLIC');
});
