import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BitReader, BitWriter } from './bits.ts';

const field = fc.integer({ min: 1, max: 53 }).chain((bits) =>
  fc.record({
    bits: fc.constant(bits),
    signed: fc.boolean(),
    value: fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n }).map(Number),
  }),
);

test('what is written in any sequence of fields is read back', () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 40 }), (fields) => {
      const writer = new BitWriter();
      for (const f of fields) {
        if (f.signed) writer.signed(f.bits, f.value);
        else writer.unsigned(f.bits, f.value < 0 ? f.value + 2 ** f.bits : f.value);
      }
      assert.equal(
        writer.length,
        fields.reduce((sum, f) => sum + f.bits, 0),
      );
      const reader = new BitReader(writer.bytes());
      for (const f of fields) {
        const expected = f.signed || f.value >= 0 ? f.value : f.value + 2 ** f.bits;
        assert.equal(f.signed ? reader.signed(f.bits) : reader.unsigned(f.bits), expected);
      }
      assert.ok(reader.remaining >= 0 && reader.remaining < 8);
    }),
  );
});

test('a field past the end reads as zeros and shows in what remains', () => {
  const reader = new BitReader(Uint8Array.of(0xff));
  assert.equal(reader.unsigned(12), 0xff0);
  assert.equal(reader.remaining, -4);
});
