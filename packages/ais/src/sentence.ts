import { hexDigit } from './armour.ts';

const BANG = 33;
const STAR = 42;
const COMMA = 44;
const ZERO = 48;
const NINE = 57;

/** Places of the parts of a VDM or VDO sentence in its bytes; one is filled again for every line. */
export interface Sentence {
  /** False: a VDO, own ship. */
  received: boolean;
  total: number;
  number: number;
  /** -1 where absent. */
  sequence: number;
  /** Byte of the channel field, 0 where empty. */
  channel: number;
  payloadFrom: number;
  payloadTo: number;
  fillBits: number;
  checksum: number;
  /** First byte behind the checksum. */
  end: number;
}

export const emptySentence = (): Sentence => ({
  received: true,
  total: 1,
  number: 1,
  sequence: -1,
  channel: 0,
  payloadFrom: 0,
  payloadTo: 0,
  fillBits: 0,
  checksum: 0,
  end: 0,
});

/** Two hexadecimal digits as a number, negative where they are none. */
export function hexByte(bytes: Uint8Array, at: number): number {
  const high = hexDigit(bytes[at] as number);
  const low = hexDigit(bytes[at + 1] as number);
  return (high | low) < 0 ? -1 : high * 16 + low;
}

/**
 * Checks `*hh` over the bytes between the first (`$`, `!`, or the first of a tag block) and the star.
 * Gives the index of the star, or -1.
 */
export function checkedStar(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    if (byte === STAR) {
      return i + 2 < to && hexByte(bytes, i + 1) === sum ? i : -1;
    }
    sum ^= byte;
  }
  return -1;
}

/** Whether the sentence at `from` is `!xxVDM` or `!xxVDO`, whatever its talker. */
export function isVdl(bytes: Uint8Array, from: number, to: number): boolean {
  return (
    to - from > 7 &&
    bytes[from] === BANG &&
    bytes[from + 3] === 86 &&
    bytes[from + 4] === 68 &&
    (bytes[from + 5] === 77 || bytes[from + 5] === 79) &&
    bytes[from + 6] === COMMA
  );
}

/** Reads a VDM or VDO sentence (IEC 61162-1, 8.3.88): true, or why not. */
export function readSentence(
  bytes: Uint8Array,
  from: number,
  to: number,
  into: Sentence,
): true | 'checksum' | 'syntax' {
  const star = checkedStar(bytes, from + 1, to);
  if (star < 0) return 'checksum';
  into.received = bytes[from + 5] === 77;
  into.checksum = hexByte(bytes, star + 1);
  into.end = star + 3;
  // Up to here `!xxVDM,`; then total, number, sequence, channel, payload and fill bits.
  let at = from + 7;
  const total = (bytes[at] as number) - ZERO;
  const number = (bytes[at + 2] as number) - ZERO;
  if (bytes[at + 1] !== COMMA || bytes[at + 3] !== COMMA) return 'syntax';
  if (!(total >= 1 && total <= 9 && number >= 1 && number <= total)) return 'syntax';
  into.total = total;
  into.number = number;
  at += 4;
  let sequence = -1;
  while (at < star && bytes[at] !== COMMA) {
    const byte = bytes[at++] as number;
    if (byte < ZERO || byte > NINE || sequence > 999) return 'syntax';
    sequence = (sequence < 0 ? 0 : sequence * 10) + byte - ZERO;
  }
  into.sequence = sequence;
  at++;
  into.channel = 0;
  if (bytes[at] !== COMMA) into.channel = bytes[at++] as number;
  if (bytes[at] !== COMMA) return 'syntax';
  into.payloadFrom = ++at;
  // The payload ends at the last comma but the one before the fill bits: `,f*hh`.
  if (bytes[star - 2] !== COMMA || star - 2 < at) return 'syntax';
  const fill = (bytes[star - 1] as number) - ZERO;
  if (!(fill >= 0 && fill <= 5)) return 'syntax';
  into.payloadTo = star - 2;
  into.fillBits = fill;
  return true;
}
