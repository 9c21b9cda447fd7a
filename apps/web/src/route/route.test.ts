import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hrefOf, readRoute } from './route.ts';

test('an address that is not known leads to the picture', () => {
  for (const hash of ['', '#', '#/', '#/nothing', '#agreement'])
    assert.deepEqual(readRoute(hash), { screen: 'picture' });
});

test('any agreement id comes back from its address', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (id) => {
      fc.pre(id.isWellFormed());
      assert.deepEqual(readRoute(hrefOf({ screen: 'agreements', id })), { screen: 'agreements', id });
    }),
  );
});

test('a broken escape is taken as it stands', () => {
  assert.deepEqual(readRoute('#/agreements/%E0%A4%A'), { screen: 'agreements', id: '%E0%A4%A' });
});
