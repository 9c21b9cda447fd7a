import { GnssError } from '../error.ts';
import { crc24q } from './crc24q.ts';

export const PREAMBLE = 0xd3;
export const MAX_PAYLOAD = 1023;
/** Preamble, reserved bits and length before the payload, CRC after it (RTCM 10403.3, table 4-1). */
export const HEADER_LENGTH = 3;
export const CRC_LENGTH = 3;

/** One transport frame of an RTCM 3 stream. */
export interface RtcmFrame {
  /** The data message, without header and CRC; a copy. */
  readonly payload: Uint8Array;
  /** Absolute offset of the preamble in the stream. */
  readonly offset: number;
  /** Length of the whole frame in bytes. */
  readonly length: number;
}

export type DiscardReason =
  /** Bytes that belong to no RTCM 3 frame: another protocol, or noise. */
  | 'not-rtcm3'
  /** The run begins at a preamble whose frame fails its CRC. */
  | 'crc-mismatch'
  /** The stream ended inside a frame. */
  | 'truncated';

/** A contiguous run of bytes that was passed over. */
export interface DiscardedRange {
  readonly offset: number;
  readonly length: number;
  readonly reason: DiscardReason;
}

/**
 * Wraps a data message for transport: header, payload, CRC-24Q (RTCM 10403.3, table 4-1).
 *
 * @throws GnssError `encode-range` for more than 1023 bytes.
 */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  if (payload.length > MAX_PAYLOAD) {
    throw new GnssError('encode-range', `an RTCM 3 frame holds at most 1023 bytes, not ${payload.length}`);
  }
  const frame = new Uint8Array(HEADER_LENGTH + payload.length + CRC_LENGTH);
  frame[0] = PREAMBLE;
  frame[1] = payload.length >> 8;
  frame[2] = payload.length & 0xff;
  frame.set(payload, HEADER_LENGTH);
  const end = HEADER_LENGTH + payload.length;
  const crc = crc24q(frame, 0, end);
  frame[end] = crc >> 16;
  frame[end + 1] = (crc >> 8) & 0xff;
  frame[end + 2] = crc & 0xff;
  return frame;
}
