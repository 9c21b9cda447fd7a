import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textOf, utf8 } from './bytes.ts';
import { digestText } from './commitment.ts';
import { LedgerError } from './error.ts';
import { ACTS, CLOSE_REASONS, REVOKE_TARGETS, type Receipt } from './receipt.ts';
import { decodeReceipt, encodeReceipt } from './receipt-codec.ts';
import { receipt } from './sample-log.ts';

const text = fc.stringMatching(/^[a-z][a-z0-9./:=-]{0,30}$/);
const texts = fc.uniqueArray(text, { maxLength: 4 }).map((list) => list.sort());
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(digestText);
const time = fc
  .date({ min: new Date(0), max: new Date(Date.UTC(9999, 0)), noInvalidDate: true })
  .map((date) => date.toISOString());
const natural = fc.maxSafeNat();
const common = { v: fc.constant(1 as const), log: text, at: time, epoch: natural };
const released = { clauses: texts, obligations: texts, released: digest };
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>;
const receipts: fc.Arbitrary<Receipt> = fc.oneof(
  record({
    ...common,
    kind: fc.constant('open' as const),
    session: text,
    officer: digest,
    clauses: texts,
  }),
  record({
    ...common,
    kind: fc.constant('close' as const),
    session: text,
    reason: fc.constantFrom(...CLOSE_REASONS),
    messages: natural,
  }),
  record({
    ...common,
    ...released,
    kind: fc.constant('flush' as const),
    stream: digest,
    range: digest,
    recipients: digest,
    count: natural,
  }),
  record({ ...common, ...released, kind: fc.constant('item' as const), item: digest, recipient: digest }),
  record({
    ...common,
    kind: fc.constant('grant' as const),
    grant: digest,
    officer: digest,
    clauses: texts,
    until: time,
  }),
  record({
    ...common,
    kind: fc.constant('revoke' as const),
    target: fc.constantFrom(...REVOKE_TARGETS),
    subject: digest,
    cutoffs: digest,
  }),
  record({
    ...common,
    kind: fc.constant('act' as const),
    act: fc.constantFrom(...ACTS),
    subject: digest,
    by: digest,
    statement: digest,
  }),
);

test('every receipt is read back as it was written, whatever the order of its fields', () => {
  fc.assert(
    fc.property(receipts, (one) => {
      const bytes = encodeReceipt(one);
      assert.deepEqual(decodeReceipt(bytes), one);
      const reversed = Object.fromEntries(Object.entries(one).reverse()) as unknown as Receipt;
      assert.deepEqual(encodeReceipt(reversed), bytes);
    }),
  );
});

test('a receipt has this form', () => {
  assert.equal(
    textOf(encodeReceipt(receipt(0))),
    '{"v":1,"kind":"open","log":"strait-watch","at":"2027-01-01T00:00:00.000Z","epoch":0,"session":"s0",' +
      '"officer":"SruPn4z7SFLDOpKirfbJTXE37Gugmy9T33w4RLILy3Y","clauses":["live-gnss"]}',
  );
});

test('one text a receipt: other orders, spaces and escapes are refused', () => {
  const json = textOf(encodeReceipt(receipt(0)))!;
  for (const other of [
    json.replace('"v":1,"kind":"open"', '"kind":"open","v":1'),
    json.replace('"v":1,', '"v":1, '),
    json.replace('"s0"', '"\\u0073\\u0030"'),
    json.replace('"epoch":0', '"epoch":0.0'),
    json.replace('"epoch":0', '"epoch":0,"epoch":0'),
    `${json}\n`,
    `\ufeff${json}`,
    '[]',
    'null',
    '',
  ])
    assert.throws(() => decodeReceipt(utf8(other)), { code: 'receipt-syntax' }, other);
});

test('fields that are missing, unknown or ill-formed are named', () => {
  const json = textOf(encodeReceipt(receipt(0)))!;
  for (const [from, to, field] of [
    ['"v":1', '"v":2', 'v'],
    ['"open"', '"opened"', 'kind'],
    ['"open"', '"constructor"', 'kind'],
    ['.000Z', 'Z', 'at'],
    ['2027-01-01', '2027-02-30', 'at'],
    ['"epoch":0', '"epoch":-1', 'epoch'],
    ['"epoch":0,', '', 'epoch'],
    ['"s0"', '""', 'session'],
    ['SruP', 'Sru', 'officer'],
    ['["live-gnss"]', '["b","a"]', 'clauses'],
    ['["live-gnss"]', '["a","a"]', 'clauses'],
    ['["live-gnss"]', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'clauses'],
    ['"clauses"', '"__proto__":1,"clauses"', '__proto__'],
    ['"clauses"', '"content":"x","clauses"', 'content'],
  ] as const) {
    const wrong = utf8(json.replace(from, to));
    assert.throws(
      () => decodeReceipt(wrong),
      (error) =>
        error instanceof LedgerError &&
        error.code === 'receipt-field' &&
        error.message.startsWith(`${field}:`),
      `${field} ${to.slice(0, 40)}`,
    );
  }
});

test('a receipt that would not fit an entry is refused', () => {
  const clauses = Array.from({ length: 700 }, (_, i) => String(i).padStart(100, '0'));
  assert.throws(() => encodeReceipt({ ...receipt(0), clauses } as Receipt), { code: 'entry-size' });
});
