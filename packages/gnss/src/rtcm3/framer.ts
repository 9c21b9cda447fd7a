import { crc24q } from './crc24q.ts';
import {
  CRC_LENGTH,
  type DiscardedRange,
  type DiscardReason,
  HEADER_LENGTH,
  PREAMBLE,
  type RtcmFrame,
} from './frame.ts';

export type FramerEvent =
  | { readonly event: 'frame'; readonly frame: RtcmFrame }
  | { readonly event: 'discarded'; readonly range: DiscardedRange };

/**
 * Finds RTCM 3 frames in a stream of bytes, however it is cut into chunks and whatever lies between them
 * (RTCM 10403.3, section 4). After a frame that fails its CRC the search goes on with the byte after the false
 * preamble. Bytes passed over are reported once a contiguous run, when the run ends. At most one frame (1029
 * bytes) is kept between calls.
 *
 * ```ts
 * const framer = new RtcmFramer();
 * for (const { event, … } of framer.push(chunk)) …
 * ```
 */
export class RtcmFramer {
  #carry: Uint8Array = new Uint8Array(0);
  /** Absolute offset of the first byte of #carry. */
  #offset: number;
  #through: number;
  #run: { offset: number; length: number; reason: DiscardReason } | undefined;

  /** @param offset absolute offset of the first byte that will be pushed. */
  constructor(offset = 0) {
    this.#offset = offset;
    this.#through = offset;
  }

  /** Absolute offset after the last complete frame. */
  get through(): number {
    return this.#through;
  }

  /** The run of garbage under way, not yet reported because it has not ended. */
  get discarding(): DiscardedRange | undefined {
    return this.#run && { ...this.#run };
  }

  push(chunk: Uint8Array): FramerEvent[] {
    return this.#scan(this.#carry.length === 0 ? chunk : concatenate(this.#carry, chunk), false);
  }

  /** The stream has ended: reports what is left of it. The framer can be fed again afterwards. */
  end(): FramerEvent[] {
    const events = this.#scan(this.#carry, true);
    this.#endRun(events);
    return events;
  }

  #scan(bytes: Uint8Array, ended: boolean): FramerEvent[] {
    const events: FramerEvent[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (bytes[at] !== PREAMBLE) {
        const next = bytes.indexOf(PREAMBLE, at);
        const stop = next < 0 ? bytes.length : next;
        this.#discard(at, stop - at, 'not-rtcm3');
        at = stop;
        continue;
      }
      const length = frameLength(bytes, at);
      if (length === 0) {
        this.#discard(at, 1, 'not-rtcm3');
        at += 1;
      } else if (length === undefined || at + length > bytes.length) {
        if (!ended) break;
        this.#discard(at, 1, 'truncated');
        at += 1;
      } else if (crcHolds(bytes, at, length)) {
        this.#endRun(events);
        const payload = bytes.slice(at + HEADER_LENGTH, at + length - CRC_LENGTH);
        events.push({ event: 'frame', frame: { payload, offset: this.#offset + at, length } });
        at += length;
        this.#through = this.#offset + at;
      } else {
        this.#discard(at, 1, 'crc-mismatch');
        at += 1;
      }
    }
    this.#carry = bytes.slice(at);
    this.#offset += at;
    return events;
  }

  #discard(at: number, length: number, reason: DiscardReason): void {
    if (length === 0) return;
    if (this.#run === undefined) this.#run = { offset: this.#offset + at, length, reason };
    else this.#run.length += length;
  }

  #endRun(events: FramerEvent[]): void {
    if (this.#run !== undefined) events.push({ event: 'discarded', range: this.#run });
    this.#run = undefined;
  }
}

/** Length of the frame that a preamble announces; 0 where it is none, undefined where more bytes are needed. */
function frameLength(bytes: Uint8Array, at: number): number | undefined {
  const high = bytes[at + 1];
  if (high === undefined) return undefined;
  // The six reserved bits are zero; other protocols' bytes rarely are.
  if ((high & 0xfc) !== 0) return 0;
  const low = bytes[at + 2];
  if (low === undefined) return undefined;
  return HEADER_LENGTH + (high << 8) + low + CRC_LENGTH;
}

function crcHolds(bytes: Uint8Array, at: number, length: number): boolean {
  // The CRC of a message followed by its own CRC is zero.
  return crc24q(bytes, at, at + length) === 0;
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
