import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import { commit, deriveSalt, isDigest, openCommitment } from './commitment.ts';

const salt = new Uint8Array(16).fill(5);

test('canonical JSON orders names by code units and leaves out white space', () => {
  // The sorting example of RFC 8785 section 3.2.3, in part: the emoji's surrogates come before U+FB33.
  const value = { '\ufb33': 1, '\u{1f600}': 2, '\u00f6': 3, '\r': 4, '1': [true, null, -0, 1e21, 0.1] };
  assert.equal(
    canonicalJson(value),
    '{"\\r":4,"1":[true,null,0,1e+21,0.1],"\u00f6":3,"\u{1f600}":2,"\ufb33":1}',
  );
});

test('what JSON cannot say is refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { a: undefined }, [undefined], 1n])
    assert.throws(() => canonicalJson(value as never), { code: 'value' });
  let deep: unknown = 1;
  for (let i = 0; i < 40; i += 1) deep = [deep];
  assert.throws(() => canonicalJson(deep as never), { code: 'value' });
});

test('a commitment opens to its value under its salt, in whatever order it is given, and to no other', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
      if (JSON.stringify(value)?.includes('\\ud')) return;
      const digest = commit(salt, value as never);
      assert.ok(isDigest(digest));
      assert.ok(openCommitment(salt, value as never, digest));
      assert.equal(commit(deriveSalt(salt, 'x'), value as never) === digest, false);
      const same = canonicalJson(value as never) === canonicalJson(other as never);
      assert.equal(openCommitment(salt, other as never, digest), same);
    }),
  );
});

test('a salt has sixteen bytes', () => {
  assert.throws(() => commit(new Uint8Array(15), 1), { code: 'value' });
  assert.throws(() => deriveSalt(new Uint8Array(32), 'x'), { code: 'value' });
  assert.equal(deriveSalt(salt, 'x').length, 16);
});
