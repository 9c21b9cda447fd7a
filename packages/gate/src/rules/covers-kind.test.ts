import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseOf } from '../testing/small-world.ts';
import { coversKind } from './covers-kind.ts';

test('a clause is for the kinds that it names', () => {
  assert.ok(coversKind.permits(caseOf({ item: { kind: 'report' } })));
  const c = caseOf({ item: { kind: 'ais.static' } });
  assert.ok(!coversKind.permits(c));
  assert.equal(coversKind.says(c), 'clause tracks does not cover ais.static');
});
