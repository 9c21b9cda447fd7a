import type { FeedIntake } from '@concord/intake';
import { ImageTaker } from './image-taker.ts';
import type { Imager } from './imagers.ts';
import { PacedIntake } from './paced-intake.ts';
import type { RadioFeedOptions } from './radio-feed.ts';
import { sceneItems } from './scene.ts';

export interface ImageFeedOptions extends RadioFeedOptions {
  readonly imagers: readonly Imager[];
}

/** The images of the corridor, as they are finished, with what was found in them. */
export class ImageFeed {
  readonly #intake: PacedIntake;
  readonly #takers: readonly ImageTaker[];
  readonly #options: ImageFeedOptions;

  constructor(intake: FeedIntake, options: ImageFeedOptions) {
    this.#intake = new PacedIntake(intake);
    this.#options = options;
    this.#takers = options.imagers.map((imager) => new ImageTaker(imager, options.waters, options.start));
  }

  step(now: number, from: number): void {
    if (this.#intake.busy) return;
    const { fleet, waters, seed, start } = this.#options;
    const takes = this.#takers.flatMap((taker) => taker.take(now, from));
    this.#intake.give(takes.flatMap((take) => sceneItems(take, fleet, waters, seed, start)));
  }

  stop(): Promise<void> {
    return this.#intake.stop();
  }
}
