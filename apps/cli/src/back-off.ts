import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 200;
const LONGEST_MS = 5000;

/** Waits between attempts, twice as long each time up to five seconds, with a fifth of chance in it. */
export class BackOff {
  #next = FIRST_MS;
  #failingSince: number | undefined;

  /** Milliseconds since the first failure after the last success. */
  get failingFor(): number {
    return this.#failingSince === undefined ? 0 : performance.now() - this.#failingSince;
  }

  async wait(signal?: AbortSignal): Promise<void> {
    this.#failingSince ??= performance.now();
    const ms = this.#next * (0.9 + Math.random() * 0.2);
    this.#next = Math.min(LONGEST_MS, this.#next * 2);
    await sleep(ms, undefined, signal && { signal }).catch(() => undefined);
  }

  succeeded(): void {
    this.#next = FIRST_MS;
    this.#failingSince = undefined;
  }
}
