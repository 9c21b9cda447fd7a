import type { Decoded, Decoder, FeedIntake } from '@concord/intake';
import { createDecoder } from './decode/decoder.ts';
import type { Format } from './decode/format.ts';
import { FeedError } from './error.ts';

/** Bytes that are decoded and committed together. */
const PIECE = 256 * 1024;

/** Where a run stood when it was interrupted. */
export interface RunStanding {
  /** Bytes from the start of the source. */
  readonly through: number;
  /** Items of the run so far. */
  readonly acknowledged: number;
  /** Time of the last item taken, milliseconds UTC: an RTCM 3 recording does not say the week by itself. */
  readonly near?: number;
}

export interface RunOptions {
  readonly intake: FeedIntake;
  readonly format: Format;
  /** The run's identifier, committed with its progress. */
  readonly run: string;
  readonly now: () => number;
  readonly resumeAt?: RunStanding;
  /** The receiver's name for observations. */
  readonly receiver?: string;
}

/** What is durable. */
export interface RunProgress {
  readonly acknowledged: number;
  readonly through: number;
}

/** A recording on its way in. */
export interface Run {
  readonly run: string;
  readonly progress: RunProgress;
  /** Bytes taken, durable or not: where the next push is expected. */
  readonly received: number;
  readonly state: 'running' | 'failed' | 'done';
  /** Time of the last durable item, milliseconds UTC, to be kept for resuming. */
  readonly near: number | undefined;
  /**
   * Takes bytes that begin at an absolute offset, and the end of the source with `last`. Bytes taken before are
   * skipped, so that a push may be repeated. Resolves once all that they completed is durable. Pushes are worked off
   * in the order of their calls.
   *
   * @throws FeedError `offset-gap` where bytes are missing before these; `run-ended` where there are new bytes after
   *   the end, or after storing failed: then the run has to be opened again where it stood.
   */
  push(bytes: Uint8Array, offset: number, last?: boolean): Promise<RunProgress>;
}

/** Opens a run, at the beginning or where it was interrupted. */
export function openRun(options: RunOptions): Run {
  return new RecordingRun(options);
}

class RecordingRun implements Run {
  readonly run: string;
  readonly #intake: FeedIntake;
  readonly #decoder: Decoder;
  #acknowledged: number;
  #through: number;
  #received: number;
  #near: number | undefined;
  #state: Run['state'] = 'running';
  #queue: Promise<unknown> = Promise.resolve();

  constructor({ intake, format, run, now, resumeAt, receiver }: RunOptions) {
    this.run = run;
    this.#intake = intake;
    this.#acknowledged = resumeAt?.acknowledged ?? 0;
    this.#through = resumeAt?.through ?? 0;
    this.#received = this.#through;
    this.#near = resumeAt?.near;
    this.#decoder = createDecoder(format, {
      now,
      resumeAt: this.#through,
      ...(this.#near !== undefined && { near: this.#near }),
      ...(receiver !== undefined && { receiver }),
    });
    intake.state('running');
  }

  get progress(): RunProgress {
    return { acknowledged: this.#acknowledged, through: this.#through };
  }

  get received(): number {
    return this.#received;
  }

  get state(): Run['state'] {
    return this.#state;
  }

  get near(): number | undefined {
    return this.#near;
  }

  push(bytes: Uint8Array, offset: number, last = false): Promise<RunProgress> {
    const pushed = this.#queue.then(() => this.#take(bytes, offset, last));
    // A refused push must not refuse those behind it.
    this.#queue = pushed.catch(() => undefined);
    return pushed;
  }

  async #take(bytes: Uint8Array, offset: number, last: boolean): Promise<RunProgress> {
    if (!Number.isSafeInteger(offset) || offset < 0)
      throw new FeedError('argument', `${offset} is no offset`);
    if (offset > this.#received) {
      throw new FeedError('offset-gap', `bytes from ${this.#received} on are expected, not from ${offset}`);
    }
    const fresh = bytes.subarray(this.#received - offset);
    if (this.#state === 'failed' || (this.#state === 'done' && fresh.length > 0)) {
      throw new FeedError('run-ended', `the run is ${this.#state}; it stands at byte ${this.#through}`);
    }
    for (let at = 0; at < fresh.length; at += PIECE) {
      const piece = fresh.subarray(at, at + PIECE);
      this.#received += piece.length;
      await this.#commit(this.#decoder.push(piece));
    }
    if (last && this.#state === 'running') {
      await this.#commit(this.#decoder.end());
      this.#state = 'done';
      this.#intake.state('done');
    }
    return this.progress;
  }

  /** Items and progress become durable together; what could not be used goes first, so that it is never lost. */
  async #commit({ items, quarantined, through }: Decoded): Promise<void> {
    const acknowledged = this.#acknowledged + items.length;
    try {
      if (quarantined.length > 0) await this.#intake.quarantine(quarantined);
      if (items.length > 0 || through !== this.#through) {
        await this.#intake.accept(items, { run: this.run, through, acknowledged });
      }
    } catch (cause) {
      this.#state = 'failed';
      this.#intake.state('failed', cause instanceof Error ? cause.message : String(cause));
      throw cause;
    }
    this.#acknowledged = acknowledged;
    this.#through = through;
    this.#near = items.at(-1)?.time ?? this.#near;
  }
}
