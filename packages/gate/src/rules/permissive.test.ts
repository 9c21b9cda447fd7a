import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOBODY } from '@concord/label';
import { caseOf, grant } from '../testing/small-world.ts';
import { permissive } from './permissive.ts';

const permits = (values: string[][], ...compartments: string[]) =>
  permissive.permits(
    caseOf({
      item: {
        categories: [
          ...values.map((some, i) => ({ tagSet: `T${i}`, type: 'PERMISSIVE' as const, values: some })),
          { tagSet: 'OTHER', type: 'RESTRICTIVE', values: ['X'] },
        ],
      },
      reader: { grants: [grant({ compartments })] },
    }),
  );

test('of each permissive tag set a reader holds at least one value', () => {
  assert.ok(permits([]));
  assert.ok(permits([['A', 'B']], 'T0:B'));
  assert.ok(permits([['A'], ['B']], 'T0:A', 'T1:B'));
  assert.ok(!permits([['A'], ['B']], 'T0:A', 'T0:B'));
  assert.ok(!permits([['A', 'B']], 'T0:C'));
  assert.ok(!permits([[]], 'T0:C'));
});

test('nobody holds what is left to nobody', () => {
  assert.ok(!permits([[NOBODY]], `T0:${NOBODY}`));
});
