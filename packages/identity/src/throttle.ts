/** How many attempts a key has, and over how long; times in milliseconds. */
export type ThrottleLimit = { readonly attempts: number; readonly window: number };

/** Keys kept at most; beyond, those that lapse first are forgotten. */
const MAX_KEYS = 100_000;

type Count = { attempts: number; until: number };

/** Counts attempts by key within fixed windows, in bounded memory. */
export class Throttle {
  readonly #limit: ThrottleLimit;
  readonly #now: () => number;
  readonly #counts = new Map<string, Count>();

  constructor(limit: ThrottleLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Takes one attempt. Returns 0 where it is allowed, else the milliseconds until the next one is. */
  take(key: string): number {
    const now = this.#now();
    const known = this.#counts.get(key);
    if (known !== undefined && known.until > now) {
      if (known.attempts >= this.#limit.attempts) return known.until - now;
      known.attempts += 1;
      return 0;
    }
    this.#counts.delete(key);
    this.#counts.set(key, { attempts: 1, until: now + this.#limit.window });
    if (this.#counts.size > MAX_KEYS) {
      const [oldest] = this.#counts.keys();
      if (oldest !== undefined) this.#counts.delete(oldest);
    }
    return 0;
  }

  /** Gives a key all its attempts back. */
  clear(key: string): void {
    this.#counts.delete(key);
  }
}
