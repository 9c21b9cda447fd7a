import type { AisFault } from './fault.ts';
import type { AisMessage } from './message.ts';

/** A message and how it came. */
export interface AisReport {
  readonly message: AisMessage;
  /** Unix time of reception in milliseconds, from a tag block, a `$PGHP` line or a trailer; null where none says. */
  readonly time: number | null;
  /** Receiving station, from the same. */
  readonly source: string | null;
  /** Channel as sent: `A`, `B`, `1`, `2`; null where not given. */
  readonly channel: string | null;
  /** True: an AIVDO sentence, sent by the ship that carries the receiver. */
  readonly own: boolean;
  /** Line of its (last) sentence, from 1. */
  readonly line: number;
  /** Absolute offset of the first byte of its first sentence. */
  readonly byteOffset: number;
  /**
   * Absolute offset up to which the stream is done with once this message is kept: behind its last line, or the start
   * of the oldest sentence group still under way. Reading again from there loses nothing.
   */
  readonly through: number;
  /** Its sentences, where `keepSentences` asks for them. */
  readonly sentences?: readonly string[];
}

export interface AisDecoderOptions {
  /** Lines after which a sentence group counts as incomplete; default 100. */
  readonly pendingLines?: number;
  /** Sentence groups under way at once; default 64. */
  readonly pendingGroups?: number;
  /** Give the sentences with each report; default false. */
  readonly keepSentences?: boolean;
  /** Absolute offset of the first byte pushed; default 0. */
  readonly startOffset?: number;
}

/** What a piece of stream gave, each list in stream order. */
export interface AisBatch {
  readonly reports: AisReport[];
  readonly faults: AisFault[];
}
