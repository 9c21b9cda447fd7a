import type { Quarantined } from '@concord/intake';

/** What a decoder has to be told, since it has no clock and knows nothing but its bytes. */
export interface DecodeContext {
  /** Milliseconds UTC: the time of what carries none of its own, and an anchor for times that are sent in part. */
  readonly now: () => number;
  /**
   * The source is live: its times are about now, and items go on at once. Otherwise it is a recording, and an item is
   * held back until everything before it is out, so that `through` leaves nothing to be read twice.
   */
  readonly live?: boolean;
  /** Offset of the first byte that will be pushed, a `through` of before; default 0. */
  readonly resumeAt?: number;
  /**
   * An instant of the recording, milliseconds UTC, within three days of what comes next: the time of the last item
   * that a run took before it was interrupted. RTCM 3 sends no week with its observations; without this a resumed
   * recording waits for an ephemeris to tell it.
   */
  readonly near?: number;
  /** The receiver's name for observations; by default `RTCM` and the station's number. */
  readonly receiver?: string;
  /** What the feed knows of satellites' sensors, by catalogue number: no element set says it. */
  readonly imaging?: ReadonlyMap<number, Imaging>;
}

/** An imaging sensor that looks straight down. */
export interface Imaging {
  /** Half the width of what it sees, kilometres on the ground across the track. */
  readonly halfSwath_km: number;
}

/** The most bytes of unusable input that are kept of a run. */
export const SAMPLE_BYTES = 256;

/** Unusable input as a decoder finds it, before runs are joined. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  /** Absolute offset of its first byte. */
  readonly byte: number;
  /** In bytes; 0 where not known. */
  readonly length: number;
  readonly line?: number;
  readonly field?: string;
  readonly bytes: Uint8Array;
}

export function quarantined(fault: Fault): Quarantined {
  const { code, message, byte, length, line, field, bytes } = fault;
  return {
    code,
    message,
    place: {
      byte,
      ...(length > 0 && { length }),
      ...(line !== undefined && { line }),
      ...(field !== undefined && { field }),
    },
    bytes: bytes.slice(0, SAMPLE_BYTES),
  };
}
