import { covered, type Position } from './position.ts';
import type { Reader } from './reader.ts';

/** Where released bytes go. An endpoint gives one for each connection; writing to it is the release. */
export interface Sink {
  readonly framing: 'lines' | 'events';
  /** Hands bytes to the socket. */
  write(frame: Buffer): void;
  /** A message that is no item: `cut`, `phase`, `error`, `streams`. */
  control(message: Readonly<Record<string, unknown>> & { readonly type: string }): void;
  /** Ends in good order; a client of events comes again with its last cursor. */
  finish(): void;
  /** Drops the connection and whatever it has not taken. */
  reset(): void;
}

/** At most this much is in flight to a reader that has not acknowledged it. */
export const CREDIT_BYTES = 64 * 1024;
/** Frames are no larger, so that credit is used in small portions. */
export const FRAME_BYTES = 16 * 1024;

/** `held`: verdicts are changing; `behind`: without credit; `backfill`: reading the store; `live`: on the bus. */
export type Phase = 'held' | 'behind' | 'backfill' | 'live' | 'closed';

/** Which streams a session wants: those named, or all that its reader may have. */
export interface Interest {
  readonly all: boolean;
  readonly streams: ReadonlySet<number>;
  /** Equal interests have equal keys. */
  readonly key: string;
}

export const interestIn = (all: boolean, streams: ReadonlySet<number>): Interest => ({
  all,
  streams,
  key: all ? '*' : [...streams].sort((a, b) => a - b).join(','),
});

/** One live connection of a reader. */
export class Session {
  readonly reader: Reader;
  readonly sink: Sink;
  conflate: boolean;
  interest: Interest;
  phase: Phase = 'backfill';
  position: Position;
  /** Since when, in milliseconds of the monotonic clock, it has been without credit. */
  behindSince = 0;
  /** The client is to be told when it is live: it has asked for something since it last was. */
  announceLive = false;
  /** Items handed over so far. */
  messages = 0;
  readonly #sent: { readonly position: Position; readonly bytes: number }[] = [];
  #inFlight = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(reader: Reader, sink: Sink, interest: Interest, position: Position, conflate: boolean) {
    this.reader = reader;
    this.sink = sink;
    this.interest = interest;
    this.position = position;
    this.conflate = conflate;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  wants(stream: number): boolean {
    return this.interest.all || this.interest.streams.has(stream);
  }

  /** Whether a frame of this size may be handed to the socket now. */
  mayWrite(bytes: number): boolean {
    return this.#inFlight + bytes <= CREDIT_BYTES || this.#inFlight === 0;
  }

  /** Hands a frame to the socket; `position` is what the reader has once it has taken the frame. */
  write(frame: Buffer, position: Position, messages: number): void {
    this.messages += messages;
    this.#inFlight += frame.length;
    this.#sent.push({ position, bytes: frame.length });
    this.position = position;
    this.sink.write(frame);
  }

  /** The reader has everything up to here. True where that gives credit back. */
  acknowledge(upTo: Position): boolean {
    let freed = false;
    while (this.#sent[0] && covered(this.#sent[0].position, upTo)) {
      this.#inFlight -= this.#sent.shift()!.bytes;
      freed = true;
    }
    if (this.#sent.length === 0) for (const done of this.#waiting.splice(0)) done();
    return freed;
  }

  /** The connection is gone: whoever waits for its acknowledgement need not. */
  ended(): void {
    for (const done of this.#waiting.splice(0)) done();
  }

  /** Resolves true once everything sent is acknowledged, false when the time is up. */
  acknowledged(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}
