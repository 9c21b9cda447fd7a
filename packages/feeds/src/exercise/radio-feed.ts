import type { Decoder, FeedIntake } from '@concord/intake';
import { createDecoder } from '../decode/decoder.ts';
import type { Vessel } from './fleet.ts';
import { PacedIntake } from './paced-intake.ts';
import { Radio } from './radio.ts';
import type { Waters } from './waters.ts';

export interface RadioFeedOptions {
  readonly fleet: readonly Vessel[];
  readonly waters: Waters;
  readonly seed: string;
  readonly start: number;
}

/** The coast station: what the fleet's radios send, decoded as sentences are. */
export class RadioFeed {
  readonly #intake: PacedIntake;
  readonly #radio: Radio;
  readonly #decoder: Decoder;

  constructor(intake: FeedIntake, { fleet, waters, seed, start }: RadioFeedOptions) {
    this.#intake = new PacedIntake(intake);
    this.#radio = new Radio(fleet, waters, seed, start);
    this.#decoder = createDecoder('ais', { now: () => start, live: true });
  }

  step(now: number, from: number): void {
    if (this.#intake.busy) return;
    const sent = this.#radio.take(now, from);
    if (sent !== '') this.#intake.give(this.#decoder.push(new TextEncoder().encode(sent)).items);
  }

  stop(): Promise<void> {
    return this.#intake.stop();
  }
}
