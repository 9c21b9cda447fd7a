import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeBundle, encodeBundle } from './entry-bundle.ts';
import { LedgerError } from './error.ts';

test('entries stand behind their length in two bytes, most significant first', () => {
  assert.deepEqual([...encodeBundle([Uint8Array.of(7), new Uint8Array(0)])], [0, 1, 7, 0, 0]);
});

test('a bundle is read back as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 256 }), (entries) => {
      assert.deepEqual(decodeBundle(encodeBundle(entries), entries.length), entries);
    }),
  );
});

test('any other bytes are read or refused with a code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(5), (bytes, width) => {
      try {
        assert.equal(decodeBundle(bytes, width).length, width);
      } catch (error) {
        assert.ok(error instanceof LedgerError && error.code === 'bundle-syntax');
      }
    }),
  );
});

test('an entry above 65535 bytes and a bundle above 256 entries are refused', () => {
  assert.throws(() => encodeBundle([new Uint8Array(65536)]), { code: 'entry-size' });
  assert.throws(() => decodeBundle(new Uint8Array(2 * 257), 256), { code: 'bundle-syntax' });
});
