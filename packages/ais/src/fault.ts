/**
 * Why a line, or a message assembled from lines, was passed over. The decoder goes on with the next line.
 *
 * - `not-a-sentence`: neither a sentence, a tag block, a comment (`#`) nor blank
 * - `line-too-long`: more than 1,024 bytes without an end of line; the rest of the line is skipped
 * - `checksum`: missing or wrong
 * - `syntax`: the fields of a VDM/VDO sentence are not what IEC 61162-1 says
 * - `payload`: empty, too long, or with characters that armour nothing
 * - `truncated`: fewer bits than the message type needs
 * - `reserved`: a part of a message that the standard keeps for later
 * - `incomplete`: a sentence group of which parts never came
 * - `tag-block`: bad tag block; its sentence is decoded without it
 * - `time-line`: bad `$PGHP` line
 */
export const AIS_FAULT_REASONS = [
  'not-a-sentence',
  'line-too-long',
  'checksum',
  'syntax',
  'payload',
  'truncated',
  'reserved',
  'incomplete',
  'tag-block',
  'time-line',
] as const;

export type AisFaultReason = (typeof AIS_FAULT_REASONS)[number];

export interface AisFault {
  /** Counted from 1. */
  readonly line: number;
  /** Absolute offset of the first byte of that line. */
  readonly byteOffset: number;
  readonly reason: AisFaultReason;
  /** The line, at most 80 characters; bytes that are not printable ASCII as U+FFFD. */
  readonly text: string;
}

/** The printable start of a line. */
export function lineText(bytes: Uint8Array, from: number, to: number, limit = 80): string {
  let text = '';
  for (let i = from; i < to && i < from + limit; i++) {
    const byte = bytes[i] as number;
    text += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '\ufffd';
  }
  return text;
}
