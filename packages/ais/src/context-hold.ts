import { noContext, type SentenceContext, type TimeLine } from './context.ts';

/** Lines for which a tag block or time line that stands alone waits for its sentence. */
const WAIT_LINES = 16;

interface Held<T> {
  readonly what: T;
  readonly start: number;
  readonly line: number;
}

/** Tag blocks and time lines that came on lines of their own and belong to the next sentence. */
export class ContextHold {
  #tags: Held<SentenceContext> | undefined;
  #time: Held<TimeLine> | undefined;

  /** Offset of the first line held. */
  get start(): number | undefined {
    if (this.#tags === undefined) return this.#time?.start;
    return this.#time === undefined ? this.#tags.start : Math.min(this.#tags.start, this.#time.start);
  }

  holdTags(what: SentenceContext, start: number, line: number): void {
    this.#tags = { what, start, line };
  }

  holdTime(what: TimeLine, start: number, line: number): void {
    this.#time = { what, start, line };
  }

  /** Lets go what has waited too long for a sentence. */
  expire(line: number): void {
    if (this.#tags !== undefined && line - this.#tags.line > WAIT_LINES) this.#tags = undefined;
    if (this.#time !== undefined && line - this.#time.line > WAIT_LINES) this.#time = undefined;
  }

  clear(): void {
    this.#tags = undefined;
    this.#time = undefined;
  }

  /** Completes the tags of a sentence's own line, if any, with what is held, and lets go of it. */
  take(own: SentenceContext | undefined): { context: SentenceContext; timeLine: TimeLine | undefined } {
    const context = own ?? noContext();
    if (this.#tags !== undefined) {
      const { time, source, group } = this.#tags.what;
      context.time ??= time;
      context.source ??= source;
      context.group ??= group;
      this.#tags = undefined;
    }
    const timeLine = this.#time?.what;
    this.#time = undefined;
    return { context, timeLine };
  }
}

/** Adds what a time line says, unless it names the checksum of another sentence (or group: all its sums XORed). */
export function applyTimeLine(
  context: SentenceContext,
  timeLine: TimeLine | undefined,
  checksum: number,
): void {
  if (timeLine === undefined || (timeLine.checksum !== null && timeLine.checksum !== checksum)) return;
  context.time ??= timeLine.time;
  context.source ??= timeLine.source;
}
