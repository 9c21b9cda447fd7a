import { equalBytes, textOf, utf8 } from './bytes.ts';
import { isDigest } from './commitment.ts';
import { MAX_ENTRY } from './entry-bundle.ts';
import { LedgerError } from './error.ts';
import { ACTS, CLOSE_REASONS, REVOKE_TARGETS, type Receipt, type ReceiptKind } from './receipt.ts';

type Check = (value: unknown) => boolean;

const natural: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const text: Check = (value) =>
  typeof value === 'string' && /^\P{Cc}{1,200}$/u.test(value) && value.isWellFormed();
const texts: Check = (value) =>
  Array.isArray(value) && value.every((item, i) => text(item) && (i === 0 || value[i - 1] < item));
const digest: Check = (value) => typeof value === 'string' && isDigest(value);
const time: Check = (value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false;
  const date = new Date(value);
  // The 30th of February is read as a day in March: only a real time comes back the same.
  return !Number.isNaN(date.getTime()) && date.toISOString() === value;
};
const oneOf =
  (list: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && list.includes(value);

type Fields = readonly (readonly [name: string, check: Check])[];
const released: Fields = [
  ['clauses', texts],
  ['obligations', texts],
];

/** Every field of every kind, in the order in which it is written. */
const FIELDS: Readonly<Record<ReceiptKind, Fields>> = {
  open: [
    ['session', text],
    ['officer', digest],
    ['clauses', texts],
  ],
  close: [
    ['session', text],
    ['reason', oneOf(CLOSE_REASONS)],
    ['messages', natural],
  ],
  flush: [
    ...released,
    ['stream', digest],
    ['range', digest],
    ['released', digest],
    ['recipients', digest],
    ['count', natural],
  ],
  item: [...released, ['item', digest], ['recipient', digest], ['released', digest]],
  grant: [
    ['grant', digest],
    ['officer', digest],
    ['clauses', texts],
    ['until', time],
  ],
  revoke: [
    ['target', oneOf(REVOKE_TARGETS)],
    ['subject', digest],
    ['cutoffs', digest],
  ],
  act: [
    ['act', oneOf(ACTS)],
    ['subject', digest],
    ['by', digest],
    ['statement', digest],
  ],
  destroy: [
    ['stream', digest],
    ['range', digest],
    ['items', digest],
    ['count', natural],
  ],
};

const isKind = (kind: unknown): kind is ReceiptKind =>
  typeof kind === 'string' && Object.hasOwn(FIELDS, kind);

function fieldsOf(kind: unknown): Fields {
  if (!isKind(kind)) throw new LedgerError('receipt-field', 'kind: no kind of receipt');
  return [
    ['v', (v) => v === 1],
    ['kind', isKind],
    ['log', text],
    ['at', time],
    ['epoch', natural],
    ...FIELDS[kind],
  ];
}

/** The receipt's fields, no more and no less, in their order; `receipt-field` names the first that is wrong. */
function ordered(receipt: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = fieldsOf(receipt['kind']);
  const out: Record<string, unknown> = {};
  for (const [name, check] of fields) {
    const value = receipt[name];
    if (value === undefined) throw new LedgerError('receipt-field', `${name}: missing`);
    if (!check(value)) throw new LedgerError('receipt-field', `${name}: does not fit`);
    out[name] = value;
  }
  for (const name of Object.keys(receipt))
    if (!Object.hasOwn(out, name)) throw new LedgerError('receipt-field', `${name}: no field of this kind`);
  return out;
}

/**
 * The bytes of a receipt as a leaf: one JSON text, fields in a fixed order, no white space. Lists (`clauses`,
 * `obligations`) must come sorted and without repetition. `receipt-field` or `entry-size`.
 */
export function encodeReceipt(receipt: Receipt): Uint8Array {
  const bytes = utf8(JSON.stringify(ordered(receipt)));
  if (bytes.length > MAX_ENTRY)
    throw new LedgerError('entry-size', `a receipt of ${bytes.length} bytes is above ${MAX_ENTRY}`);
  return bytes;
}

/** Reads what `encodeReceipt` writes, to the byte, and nothing else: `receipt-syntax` or `receipt-field`. */
export function decodeReceipt(bytes: Uint8Array): Receipt {
  const json = textOf(bytes);
  let value: unknown;
  try {
    value = json === undefined ? undefined : JSON.parse(json);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LedgerError('receipt-syntax', 'not a JSON object in UTF-8');
  const receipt = ordered(value as Record<string, unknown>);
  if (!equalBytes(utf8(JSON.stringify(receipt)), bytes))
    throw new LedgerError('receipt-syntax', 'not in the canonical form');
  return receipt as Receipt;
}
