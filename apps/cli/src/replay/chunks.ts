import { setTimeout as sleep } from 'node:timers/promises';
import type { Recording } from './recording.ts';
import type { RecordingClock } from './recording-clock.ts';

/** As much as a server decodes and commits at once. */
const CHUNK_BYTES = 256 * 1024;
/** A paced recording goes on in steps as small as this. */
const STEP_BYTES = 2048;

/** What of a recording is to be sent next, when its time has come. */
export interface Chunks {
  /** Bytes from an offset on; may be asked for a second time. */
  next(offset: number): Promise<Uint8Array>;
}

/** As fast as the server takes it. */
export function fullSpeed(recording: Recording): Chunks {
  return { next: async (offset) => recording.read(offset, CHUNK_BYTES) };
}

/** `speed` times as fast as it was recorded, by the recording's own times; what carries none goes with the rest. */
export class Paced implements Chunks {
  readonly #recording: Recording;
  readonly #clock: RecordingClock;
  readonly #speed: number;
  /** Bytes whose time has come, and bytes whose time is known. */
  #dueTo = 0;
  #readTo = 0;
  /** When the bytes up to `#readTo` are due, on the monotonic clock. */
  #due = 0;
  #start: { readonly recorded: number; readonly now: number } | undefined;

  constructor(recording: Recording, clock: RecordingClock, speed: number) {
    this.#recording = recording;
    this.#clock = clock;
    this.#speed = speed;
  }

  async next(offset: number): Promise<Uint8Array> {
    const { size } = this.#recording;
    while (this.#dueTo <= offset && this.#dueTo < size) {
      this.#look();
      await sleep(Math.max(0, this.#due - performance.now()));
      this.#dueTo = this.#readTo;
    }
    while (this.#dueTo < size && this.#dueTo - offset < CHUNK_BYTES) {
      this.#look();
      if (this.#due > performance.now()) break;
      this.#dueTo = this.#readTo;
    }
    return this.#recording.read(offset, Math.min(CHUNK_BYTES, this.#dueTo - offset));
  }

  #look(): void {
    if (this.#readTo > this.#dueTo) return;
    const step = this.#recording.read(this.#readTo, STEP_BYTES);
    this.#readTo += step.length;
    const recorded = this.#clock.push(step);
    if (recorded === undefined) return;
    this.#start ??= { recorded, now: performance.now() };
    const elapsed = (recorded - this.#start.recorded) / this.#speed;
    // Times that go back, as of messages heard by several stations, hold nothing up.
    this.#due = Math.max(this.#due, this.#start.now + elapsed);
  }
}
