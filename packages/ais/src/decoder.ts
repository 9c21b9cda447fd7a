import { Assembly, type Pending } from './assembly.ts';
import { noContext, readTagBlock, readTimeLine, readTrailer, type SentenceContext } from './context.ts';
import { applyTimeLine, ContextHold } from './context-hold.ts';
import { decodeMessage } from './decode-message.ts';
import { AisError } from './error.ts';
import { type AisFaultReason, lineText } from './fault.ts';
import { LineCutter, type LinePlace, MAX_LINE } from './line-cutter.ts';
import type { AisMessage } from './message.ts';
import type { AisBatch, AisDecoderOptions, AisReport } from './report.ts';
import { checkedStar, emptySentence, isVdl, readSentence, type Sentence } from './sentence.ts';
import { SextetReader } from './sextet-reader.ts';

const BANG = 33;
const HASH = 35;
const DOLLAR = 36;
const BACKSLASH = 92;

function option(field: string, value: number | undefined, fallback: number, least: number): number {
  if (value === undefined) return fallback;
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new AisError('option-range', field, `a whole number of at least ${least}`);
}

/** `total-id` of a tag block's `number-total-id`: the same for all parts of a group. */
const groupId = (group: string): string => group.slice(group.indexOf('-') + 1);

/**
 * Decodes a stream of AIVDM/AIVDO sentences (IEC 61162-1) with tag blocks, `$PGHP` time lines and coast guard
 * trailers. Bytes may be cut anywhere. Bad lines become faults; nothing that is pushed makes it throw.
 */
export class AisDecoder {
  readonly #lines: LineCutter;
  readonly #place: LinePlace;
  readonly #assembly: Assembly;
  readonly #hold = new ContextHold();
  readonly #keep: boolean;
  readonly #bits = new SextetReader();
  readonly #sentence: Sentence = emptySentence();
  #batch: AisBatch = { reports: [], faults: [] };

  constructor(options: AisDecoderOptions = {}) {
    this.#lines = new LineCutter(
      {
        takeLine: (bytes, from, to) => this.#takeLine(bytes, from, to),
        takeLong: (bytes, from, to) => this.#fault('line-too-long', bytes, from, to),
      },
      option('startOffset', options.startOffset, 0, 0),
    );
    this.#place = this.#lines.place;
    this.#assembly = new Assembly(
      option('pendingGroups', options.pendingGroups, 64, 1),
      option('pendingLines', options.pendingLines, 100, 1),
    );
    this.#keep = options.keepSentences === true;
  }

  /** Absolute offset up to which nothing is awaited any more. */
  get through(): number {
    const offset = this.#lines.offset;
    return Math.min(this.#assembly.start ?? offset, this.#hold.start ?? offset);
  }

  /** Takes the next bytes, or text (offsets then count its UTF-8 bytes). */
  push(chunk: Uint8Array | string): AisBatch {
    const batch: AisBatch = { reports: [], faults: [] };
    this.#batch = batch;
    this.#lines.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
    return batch;
  }

  /** The stream has ended: takes a last line without newline, and reports groups that lack parts. */
  end(): AisBatch {
    const batch: AisBatch = { reports: [], faults: [] };
    this.#batch = batch;
    this.#lines.end();
    for (const pending of this.#assembly.all()) this.#incomplete(pending);
    this.#hold.clear();
    return batch;
  }

  #takeLine(bytes: Uint8Array, from: number, to: number): void {
    if (from < to && bytes[from] !== HASH) this.#readLine(bytes, from, to);
    const line = this.#place.number;
    if (this.#assembly.size > 0)
      for (const pending of this.#assembly.expired(line)) this.#incomplete(pending);
    this.#hold.expire(line);
  }

  #readLine(bytes: Uint8Array, lineFrom: number, to: number): void {
    let from = lineFrom;
    let tags: SentenceContext | undefined;
    while (bytes[from] === BACKSLASH && from < to) {
      tags ??= noContext();
      const end = readTagBlock(bytes, from, to, tags);
      if (end < 0) {
        this.#fault('tag-block', bytes, lineFrom, to);
        // The sentence behind a bad block is still good for itself.
        from = bytes.indexOf(BANG, from);
        if (from < 0 || from >= to) return;
      } else from = end;
    }
    if (isVdl(bytes, from, to)) this.#readVdl(bytes, lineFrom, from, to, tags);
    else if (from === to && tags !== undefined)
      this.#hold.holdTags(tags, this.#place.offset, this.#place.number);
    else if (bytes[from] === DOLLAR || bytes[from] === BANG) this.#readOther(bytes, lineFrom, from, to);
    else this.#fault('not-a-sentence', bytes, lineFrom, to);
  }

  /** Any other NMEA sentence: the time line matters, others are passed over when whole. */
  #readOther(bytes: Uint8Array, lineFrom: number, from: number, to: number): void {
    if (lineText(bytes, from, to, 6) === '$PGHP,') {
      const timeLine = readTimeLine(bytes, from, to);
      if (timeLine === undefined) this.#fault('time-line', bytes, lineFrom, to);
      else this.#hold.holdTime(timeLine, this.#place.offset, this.#place.number);
    } else if (checkedStar(bytes, from + 1, to) < 0) this.#fault('checksum', bytes, lineFrom, to);
  }

  #readVdl(bytes: Uint8Array, lineFrom: number, from: number, to: number, tags?: SentenceContext): void {
    const sentence = this.#sentence;
    const read = readSentence(bytes, from, to, sentence);
    if (read !== true) {
      this.#fault(read, bytes, lineFrom, to);
      return;
    }
    const { offset, number: line } = this.#place;
    const start = this.#hold.start ?? offset;
    const { context, timeLine } = this.#hold.take(tags);
    if (sentence.end < to) readTrailer(bytes, sentence.end, to, context);
    const { total, number, payloadFrom, payloadTo, fillBits, checksum } = sentence;
    if (total > 1) {
      const group =
        context.group === null ? `${sentence.sequence}/${sentence.channel}` : groupId(context.group);
      const key = `${lineText(bytes, from, from + 6)}${total}/${group}`;
      const payload = bytes.slice(payloadFrom, payloadTo);
      const text = lineText(bytes, from, to, this.#keep ? MAX_LINE : 80);
      const opening = { key, total, start, line, byteOffset: offset, context, timeLine };
      const { displaced, complete } = this.#assembly.put(opening, {
        number,
        payload,
        text,
        fillBits,
        checksum,
      });
      if (displaced !== undefined) this.#incomplete(displaced);
      if (complete !== undefined) this.#complete(complete);
      return;
    }
    applyTimeLine(context, timeLine, checksum);
    const bits = this.#bits;
    bits.clear();
    let message: AisMessage | AisFaultReason = 'payload';
    if (payloadTo > payloadFrom && bits.append(bytes, payloadFrom, payloadTo)) {
      bits.dropFill(fillBits);
      message = decodeMessage(bits);
    }
    if (typeof message === 'string') this.#fault(message, bytes, lineFrom, to);
    else this.#report(message, context, offset, this.#keep ? [lineText(bytes, from, to, MAX_LINE)] : null);
  }

  #complete(group: Pending): void {
    const bits = this.#bits;
    bits.clear();
    let message: AisMessage | AisFaultReason = 'payload';
    if (group.parts.every((part) => part !== undefined && bits.append(part, 0, part.length))) {
      bits.dropFill(group.fillBits);
      if (bits.bitLength > 0) message = decodeMessage(bits);
    }
    const { context, timeLine, byteOffset } = group.opening;
    applyTimeLine(context, timeLine, group.checksum);
    if (typeof message === 'string') this.#groupFault(message, group);
    else this.#report(message, context, byteOffset, this.#keep ? group.texts : null);
  }

  #report(
    message: AisMessage,
    context: SentenceContext,
    from: number,
    sentences: readonly string[] | null,
  ): void {
    const { channel, received } = this.#sentence;
    const { number: line, next } = this.#place;
    const report: AisReport = {
      message,
      time: context.time,
      source: context.source,
      channel: channel === 0 ? null : String.fromCharCode(channel),
      own: !received,
      line,
      byteOffset: from,
      through: Math.min(this.#assembly.start ?? next, next),
    };
    this.#batch.reports.push(sentences === null ? report : { ...report, sentences });
  }

  #incomplete(group: Pending): void {
    this.#groupFault('incomplete', group);
  }

  #groupFault(reason: AisFaultReason, group: Pending): void {
    const { line, byteOffset } = group.opening;
    const text = (group.texts.find((part) => part !== undefined) ?? '').slice(0, 80);
    this.#batch.faults.push({ line, byteOffset, reason, text });
  }

  #fault(reason: AisFaultReason, bytes: Uint8Array, from: number, to: number): void {
    const { number: line, offset: byteOffset } = this.#place;
    this.#batch.faults.push({ line, byteOffset, reason, text: lineText(bytes, from, to) });
  }
}
