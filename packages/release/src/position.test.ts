import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PartyId } from '@concord/label';
import fc from 'fast-check';
import { covered, type Position, Tokens } from './position.ts';

const ALDER = 'alder' as PartyId;
const BIRCH = 'birch' as PartyId;
const tokens = new Tokens(Buffer.alloc(32, 7));
const number = fc.oneof(fc.nat(3), fc.nat(), fc.integer({ min: 0, max: 2 ** 48 - 1 }));
const position: fc.Arbitrary<Position> = fc.record(
  { at: number, seq: number, lateAt: number, lateSeq: number },
  { noNullPrototype: true },
);
const code = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (cause) {
    return (cause as { code?: string }).code;
  }
};

test('a cursor gives back its position, to its own party and with the same secret alone', () => {
  const others = new Tokens(Buffer.alloc(32, 8));
  fc.assert(
    fc.property(position, (one) => {
      const cursor = tokens.cursor(ALDER, one);
      assert.match(cursor, /^[\w-]{43}$/);
      assert.deepEqual(tokens.position(ALDER, cursor), one);
      assert.equal(
        code(() => tokens.position(BIRCH, cursor)),
        'bad-cursor',
      );
      assert.equal(
        code(() => others.position(ALDER, cursor)),
        'bad-cursor',
      );
    }),
  );
});

test('a cursor that was changed anywhere, or put together from two, is none or stands where each of them stood', () => {
  fc.assert(
    fc.property(
      position,
      position,
      fc.nat(31),
      fc.integer({ min: 1, max: 255 }),
      (one, other, at, difference) => {
        const bytes = Buffer.from(tokens.cursor(ALDER, one), 'base64url');
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ difference;
        assert.equal(
          code(() => tokens.position(ALDER, changed.toString('base64url'))),
          'bad-cursor',
        );
        const swapped = Buffer.concat([bytes.subarray(16), bytes.subarray(0, 16)]);
        assert.equal(
          code(() => tokens.position(ALDER, swapped.toString('base64url'))),
          'bad-cursor',
        );
        const rest = Buffer.from(tokens.cursor(ALDER, other), 'base64url').subarray(16);
        const mixed = Buffer.concat([bytes.subarray(0, 16), rest]).toString('base64url');
        assert.deepEqual(tokens.position(ALDER, mixed), {
          ...one,
          lateAt: other.lateAt,
          lateSeq: other.lateSeq,
        });
      },
    ),
  );
});

test('one position has one text: no other spelling of a cursor or an identifier opens', () => {
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
  const opens = (seal: string, open: (text: string) => boolean) =>
    alphabet.filter((last) => open(seal.slice(0, -1) + last)).length;
  fc.assert(
    fc.property(position, (one) => {
      const cursor = tokens.cursor(ALDER, one);
      assert.equal(
        opens(cursor, (text) => code(() => tokens.position(ALDER, text)) !== 'bad-cursor'),
        1,
      );
      const id = tokens.id(ALDER, { ingested: one.at, seq: one.seq });
      assert.equal(
        opens(id, (text) => tokens.place(ALDER, text) !== undefined),
        1,
      );
    }),
    { numRuns: 20 },
  );
});

test('an identifier opens for its own party alone, and is no cursor', () => {
  fc.assert(
    fc.property(number, number, (seq, other) => {
      const place = { ingested: other, seq };
      const id = tokens.id(ALDER, place);
      assert.match(id, /^[\w-]{22}$/);
      assert.deepEqual(tokens.place(ALDER, id), place);
      assert.equal(tokens.place(BIRCH, id), undefined);
      assert.equal(id === tokens.id(ALDER, { ingested: seq, seq: other }), seq === other);
      assert.equal(
        code(() => tokens.position(ALDER, id)),
        'bad-cursor',
      );
      // A cursor's block is no identifier either, though it is as long.
      const cursor = Buffer.from(tokens.cursor(ALDER, { at: 0, seq, lateAt: 0, lateSeq: 0 }), 'base64url');
      assert.equal(tokens.place(ALDER, cursor.subarray(0, 16).toString('base64url')), undefined);
    }),
  );
});

test('arbitrary text is no cursor and no identifier', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.constant('A'.repeat(43)));
  fc.assert(
    fc.property(text, (one) => {
      assert.equal(
        code(() => tokens.position(ALDER, one)),
        'bad-cursor',
      );
      assert.equal(tokens.place(ALDER, one), undefined);
    }),
  );
});

test('being covered is an order: of itself, through a third, and of two of each other only where they end alike', () => {
  const near = fc.record({ at: fc.nat(3), seq: fc.nat(3), lateAt: fc.nat(3), lateSeq: fc.nat(3) });
  fc.assert(
    fc.property(near, near, near, (a, b, c) => {
      assert.ok(covered(a, a));
      if (covered(a, b) && covered(b, c)) assert.ok(covered(a, c));
      const alike = a.seq === b.seq && a.lateAt === b.lateAt && a.lateSeq === b.lateSeq;
      assert.equal(covered(a, b) && covered(b, a), alike);
    }),
  );
});
