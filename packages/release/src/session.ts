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
  /** Counted up whenever it is to go on from elsewhere: what is under way for it is void then. */
  turn = 0;
  /** The client is to be told when it is live: it has asked for something since it last was. */
  announceLive = false;
  /** Items handed over so far. */
  messages = 0;
  readonly #sent: { readonly position: Position; readonly bytes: number }[] = [];
  #inFlight = 0;
  readonly #waiting: ((taken: boolean) => void)[] = [];
  readonly #looking: (() => void)[] = [];

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

  /** Changes whenever what has been made ready for it must not be given to it any more. */
  get mark(): number {
    return this.reader.version + this.turn;
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
    // Frames are taken in the order in which they were sent. A reader that has asked to go back has positions that do
    // not rise: the frame that ends exactly here is the one meant.
    const meant = this.#sent.findIndex(({ position }) => covered(position, upTo) && covered(upTo, position));
    let taken = meant + 1;
    if (meant < 0) while (this.#sent[taken] && covered(this.#sent[taken]!.position, upTo)) taken++;
    for (const { bytes } of this.#sent.splice(0, taken)) this.#inFlight -= bytes;
    if (this.#sent.length === 0) for (const done of this.#waiting.splice(0)) done(true);
    if (taken > 0) for (const look of this.#looking.splice(0)) look();
    return taken > 0;
  }

  /** Resolves true once a frame of this size may be written, false when the time is up or the connection is gone. */
  async credit(bytes: number, withinMs: number): Promise<boolean> {
    const end = performance.now() + withinMs;
    while (this.phase !== 'closed' && !this.mayWrite(bytes)) {
      const left = end - performance.now();
      if (left <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#looking.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return this.phase !== 'closed';
  }

  /**
   * The connection is gone, and whoever waits for its acknowledgement need not. A reader of events says by leaving that
   * it has taken everything; one that could have acknowledged has not.
   */
  ended(): void {
    for (const done of this.#waiting.splice(0)) done(this.sink.framing === 'events');
    for (const look of this.#looking.splice(0)) look();
  }

  /** Resolves true once everything sent is acknowledged, false when the time is up or the reader has left. */
  acknowledged(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      // After a stall timers come before what has arrived meanwhile: that is looked at first.
      const timer = setTimeout(() => setImmediate(() => resolve(false)), withinMs);
      this.#waiting.push((taken) => {
        clearTimeout(timer);
        resolve(taken);
      });
    });
  }
}
