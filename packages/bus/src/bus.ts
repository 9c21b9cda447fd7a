import type { CommittedRow } from '@concord/store';

/** Rows of one commit or several, in the order of `seq`; every batch goes on where the one before ended. */
export interface CommittedBatch {
  readonly rows: readonly CommittedRow[];
}

export type Subscriber = (batch: CommittedBatch) => void;

/** The publishing end: only what is committed may be published. */
export interface Bus {
  /** Hands the batch to every subscriber before it returns. */
  publish(batch: CommittedBatch): void;
}

export interface BusOptions {
  /** Told of what a subscriber throws; it stays subscribed, and the others get the batch all the same. */
  readonly onError?: (error: unknown) => void;
}

const subscribersOf = new WeakMap<Bus, Set<Subscriber>>();

export function createBus(options: BusOptions = {}): Bus {
  const subscribers = new Set<Subscriber>();
  const waiting: CommittedBatch[] = [];
  let publishing = false;

  const deliver = (batch: CommittedBatch): void => {
    for (const subscriber of [...subscribers]) {
      // One that left during this batch gets no more of it.
      if (!subscribers.has(subscriber)) continue;
      try {
        subscriber(batch);
      } catch (error) {
        options.onError?.(error);
      }
    }
  };

  const bus: Bus = {
    publish(batch) {
      if (batch.rows.length === 0) return;
      waiting.push(batch);
      // A subscriber that publishes must not overtake the batch that the others have not seen yet.
      if (publishing) return;
      publishing = true;
      try {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) deliver(next);
      } finally {
        publishing = false;
      }
    },
  };
  subscribersOf.set(bus, subscribers);
  return bus;
}

/** Receives every batch published from now on, in order and in the publisher's turn. Returns the way out. */
export function subscribe(bus: Bus, subscriber: Subscriber): () => void {
  const subscribers = subscribersOf.get(bus);
  // A function of its own a subscription: subscribing twice is two subscriptions.
  const own: Subscriber = (batch) => subscriber(batch);
  subscribers?.add(own);
  return () => {
    subscribers?.delete(own);
  };
}
