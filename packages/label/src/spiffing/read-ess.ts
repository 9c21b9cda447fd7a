import { LabelError } from '../error.ts';
import { readLabel } from '../json.ts';
import type { DataMode, Label } from '../label.ts';
import type { Spif } from '../spif/spif.ts';
import { spifById } from './read-spiffing.ts';

const SET = 0x31;
const INTEGER = 0x02;
const OBJECT_IDENTIFIER = 0x06;

const broken = (why: string): never => {
  throw new LabelError('label-syntax', '', `ESSSecurityLabel: ${why}`);
};

interface Tlv {
  readonly tag: number;
  readonly value: Uint8Array;
}

/** The elements of BER with definite lengths below 64 KiB, one after another. */
function* elementsOf(bytes: Uint8Array): Generator<Tlv> {
  for (let at = 0; at < bytes.length; ) {
    const [tag = 0, first] = bytes.subarray(at, at + 2);
    if (first === undefined || (tag & 0x1f) === 0x1f) return broken('is cut off or has long tags');
    const more = first < 0x80 ? 0 : first - 0x80;
    if (first === 0x80 || more > 2) return broken('has lengths that are not read');
    let length = more === 0 ? first : 0;
    for (const byte of bytes.subarray(at + 2, at + 2 + more)) length = length * 256 + byte;
    const start = at + 2 + more;
    if (start + length > bytes.length) return broken('is cut off');
    yield { tag, value: bytes.subarray(start, start + length) };
    at = start + length;
  }
}

function objectIdentifier(bytes: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of bytes) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 256) return broken('an object identifier has too large an arc');
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first = 0, ...rest] = arcs;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join('.');
}

/**
 * Reads an ESSSecurityLabel (RFC 2634, in BER) as far as a policy by object identifier and a classification by number.
 * Privacy marks and categories are refused.
 *
 * @throws LabelError `label-syntax`, `label-policy-unknown`, `label-unfaithful`, `label-field`
 */
export function readEssLabel(bytes: Uint8Array, spifs: readonly Spif[], dataMode: DataMode): Label {
  if (bytes.length === 0) throw new LabelError('label-syntax', '', 'No data to parse');
  const [whole, more] = [...elementsOf(bytes)];
  if (whole?.tag !== SET || more) return broken('is no SET');
  const parts = [...elementsOf(whole.value)];
  const policy = parts.find((one) => one.tag === OBJECT_IDENTIFIER);
  if (!policy) return broken('names no policy');
  const spif = spifById(spifs, objectIdentifier(policy.value));
  const other = parts.find((one) => one.tag !== OBJECT_IDENTIFIER && one.tag !== INTEGER);
  if (other) throw new LabelError('label-unfaithful', '', 'a privacy mark or categories in BER: not read');
  const number = parts.find((one) => one.tag === INTEGER)?.value ?? new Uint8Array();
  const lacv = String(number.reduce((sum, byte) => sum * 256 + byte, 0));
  const level = spif.classifications.find((one) => one.lacv === lacv);
  return readLabel({ policy: spif.name, classification: level?.name, dataMode });
}
