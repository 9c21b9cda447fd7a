import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOORS, type Door } from '@concord/agreement';
import { caseOf } from '../testing/small-world.ts';
import { doorKnown } from './door-known.ts';

test('a reader comes by a known door or gets nothing', () => {
  for (const door of DOORS) assert.ok(doorKnown.permits(caseOf({ reader: { door } })));
  for (const door of ['', 'LIVE', 'window', undefined] as unknown as Door[]) {
    const c = caseOf({ reader: { door } });
    assert.ok(!doorKnown.permits(c));
    assert.match(doorKnown.says(c), /no way by which data leave/);
  }
});
