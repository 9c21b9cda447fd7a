import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from './bytes.ts';
import { deriveSalt, openCommitment } from './commitment.ts';
import type { FlushReceipt } from './receipt.ts';
import { decodeReceipt, encodeReceipt } from './receipt-codec.ts';
import {
  checkFlush,
  discloseFlush,
  messageDigest,
  recipientsRoot,
  releasedRoot,
  sealFlush,
  sealItem,
} from './seal.ts';

const salt = new Uint8Array(16).fill(1);
const group = { salt: new Uint8Array(16).fill(2), officers: ['ben@birch', 'bo@birch', 'out@cedar'] };
const digests = ['{"lat":1}', '{"lat":2}'].map((text) => messageDigest(utf8(text)));
const range = { from: 'c1', to: 'c2' };
const sealed = sealFlush({
  salt,
  stream: 'alder/gnss/gnss.position',
  range,
  digests,
  recipients: recipientsRoot(group.salt, group.officers),
});
const receipt: FlushReceipt = {
  v: 1,
  kind: 'flush',
  log: 'strait-watch',
  at: '2027-01-01T00:00:00.000Z',
  epoch: 3,
  clauses: ['live-gnss'],
  obligations: [],
  ...sealed,
};
const known = { officer: 'bo@birch', stream: 'alder/gnss/gnss.position', range, digests };

test('a recipient finds its stream, range, messages and itself in the receipt', () => {
  assert.deepEqual(decodeReceipt(encodeReceipt(receipt)), receipt);
  assert.deepEqual(checkFlush(receipt, discloseFlush(salt, group, 1), known), []);
});

test('what does not fit the receipt is named', () => {
  const disclosure = discloseFlush(salt, group, 1);
  const check = (other: Partial<typeof known>) => checkFlush(receipt, disclosure, { ...known, ...other });
  assert.deepEqual(check({ officer: 'ben@birch' }), ['recipients']);
  assert.deepEqual(check({ stream: 'alder/gnss/gnss.integrity' }), ['stream']);
  assert.deepEqual(check({ range: { from: 'c1', to: 'c3' } }), ['range']);
  assert.deepEqual(check({ digests: [digests[0]!] }), ['released', 'count']);
  assert.deepEqual(check({ digests: [digests[1]!, digests[0]!] }), ['released']);
});

test('a disclosure lets its reader test no guess at another recipient', () => {
  const disclosure = discloseFlush(salt, group, 1);
  for (const [i, officer] of group.officers.entries()) {
    if (i === 1) continue;
    const proof = { ...disclosure.recipient, index: i };
    const guess = checkFlush(receipt, { ...disclosure, recipient: proof }, { ...known, officer });
    assert.deepEqual(guess, ['recipients']);
  }
});

test('the same release under another salt leaves other traces', () => {
  const other = sealFlush({
    salt: new Uint8Array(16).fill(9),
    stream: known.stream,
    range,
    digests,
    recipients: recipientsRoot(group.salt, group.officers),
  });
  for (const field of ['stream', 'range', 'released', 'recipients'] as const)
    assert.notEqual(other[field], sealed[field]);
  assert.equal(new Set([sealed.stream, sealed.range, sealed.released, sealed.recipients]).size, 4);
});

test('an item opens to its id and recipient', () => {
  const fields = sealItem({ salt, item: 'report-7', recipient: 'ben@birch', digest: digests[0]! });
  assert.ok(openCommitment(deriveSalt(salt, 'item'), 'report-7', fields.item));
  assert.ok(openCommitment(deriveSalt(salt, 'recipient'), 'ben@birch', fields.recipient));
  assert.equal(fields.released, releasedRoot(salt, [digests[0]!]));
});
