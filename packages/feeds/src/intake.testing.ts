import type { FeedDescription, FeedIntake, IncomingItem, Progress, Quarantined } from '@concord/intake';
import type { Label, PartyId, PolicyId } from '@concord/label';

export const EXERCISE_LABEL: Label = {
  policy: 'ALDER' as PolicyId,
  classification: 'RESTRICTED',
  categories: [],
  caveats: [],
  purposes: [],
  dataMode: 'EXERCISE',
};

/** An intake that keeps what it is given, as a durable one would, and can be told to fail. */
export class KeptIntake implements FeedIntake {
  readonly description: FeedDescription;
  readonly items: IncomingItem[] = [];
  readonly quarantined: Quarantined[] = [];
  readonly states: [string, string | undefined][] = [];
  progress: Progress | undefined;
  /** Accepting fails so many more times. */
  failures = 0;
  #waiting: { readonly done: () => boolean; readonly resolve: () => void }[] = [];

  constructor(feed = 'test', party = 'alder', label = EXERCISE_LABEL) {
    this.description = { party: party as PartyId, feed, source: feed, format: 'test', label };
  }

  async accept(items: readonly IncomingItem[], progress?: Progress): Promise<void> {
    await Promise.resolve();
    if (this.failures > 0) {
      this.failures--;
      throw new Error('the store is away');
    }
    this.items.push(...items);
    this.progress = progress ?? this.progress;
    this.#tell();
  }

  async quarantine(entries: readonly Quarantined[]): Promise<void> {
    this.quarantined.push(...entries);
    this.#tell();
  }

  state(state: string, message?: string): void {
    this.states.push([state, message]);
    this.#tell();
  }

  /** Resolves once this holds; the test runner's own limit ends a vain wait. */
  until(holds: (intake: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ done: () => holds(this), resolve });
      this.#tell();
    });
  }

  of(kind: string): IncomingItem[] {
    return this.items.filter((item) => item.kind === kind);
  }

  #tell(): void {
    const now = this.#waiting.filter(({ done }) => done());
    this.#waiting = this.#waiting.filter((one) => !now.includes(one));
    for (const { resolve } of now) resolve();
  }
}
