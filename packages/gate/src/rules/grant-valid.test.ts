import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgreementId } from '@concord/label';
import { caseOf, grant } from '../testing/small-world.ts';
import { grantValid } from './grant-valid.ts';

test('a reader needs a grant under the very agreement', () => {
  assert.ok(grantValid.permits(caseOf()));
  const other = grant({ agreement: 'other' as AgreementId });
  for (const grants of [[], [other]]) {
    const c = caseOf({ reader: { grants } });
    assert.ok(!grantValid.permits(c));
    assert.equal(grantValid.says(c), 'you have no valid grant under strait-watch');
  }
});
