import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOBODY } from '@concord/label';
import { caseOf, grant } from '../testing/small-world.ts';
import { restrictive } from './restrictive.ts';

const permits = (values: string[], ...compartments: string[]) =>
  restrictive.permits(
    caseOf({
      item: {
        categories: [
          { tagSet: 'SAR', type: 'RESTRICTIVE', values },
          { tagSet: 'OTHER', type: 'PERMISSIVE', values: ['X'] },
        ],
      },
      reader: { grants: [grant({ compartments })] },
    }),
  );

test('of a restrictive tag set a reader holds every value', () => {
  assert.ok(permits(['MED'], 'SAR:MED'));
  assert.ok(permits(['MED', 'SEA'], 'SAR:SEA', 'SAR:MED'));
  assert.ok(!permits(['MED', 'SEA'], 'SAR:SEA'));
  assert.ok(!permits(['MED'], 'OTHER:MED', 'MED'));
  assert.ok(!permits(['MED']));
});

test('nobody holds what is left to nobody', () => {
  assert.ok(!permits([NOBODY], `SAR:${NOBODY}`));
});
