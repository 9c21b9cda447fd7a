import type { FeedIntake, IncomingItem } from '@concord/intake';

/** Gives a feed's items to intake one batch after another; the next is not made before the last is durable. */
export class PacedIntake {
  readonly #intake: FeedIntake;
  #giving: Promise<void> | undefined;
  #stopped = false;

  constructor(intake: FeedIntake) {
    this.#intake = intake;
    intake.state('running');
  }

  /** Whether the last batch is still under way, or there are to be no more. */
  get busy(): boolean {
    return this.#giving !== undefined || this.#stopped;
  }

  give(items: readonly IncomingItem[]): void {
    if (items.length === 0 || this.busy) return;
    this.#giving = this.#intake.accept(items).then(
      () => this.#intake.state('running'),
      (cause: unknown) =>
        this.#intake.state('failed', cause instanceof Error ? cause.message : String(cause)),
    );
    void this.#giving.finally(() => {
      this.#giving = undefined;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#giving;
    this.#intake.state('done', 'stopped');
  }
}
