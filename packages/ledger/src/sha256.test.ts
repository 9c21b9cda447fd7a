import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { toHex, utf8 } from './bytes.ts';
import { sha256 } from './sha256.ts';
import { sha256Portable } from './sha256-portable.ts';

// FIPS 180-2 appendix B and the hash of nothing.
const KNOWN: readonly (readonly [string, string])[] = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
];

test('both implementations give the published digests', () => {
  for (const [text, digest] of KNOWN) {
    assert.equal(toHex(sha256(utf8(text))), digest);
    assert.equal(toHex(sha256Portable(utf8(text))), digest);
  }
});

test('the portable implementation agrees with node:crypto on any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
      assert.equal(toHex(sha256Portable(data)), createHash('sha256').update(data).digest('hex'));
    }),
  );
});
