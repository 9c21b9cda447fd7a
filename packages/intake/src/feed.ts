import type { ItemKind, Label, OfficerId, PartyId, Place } from '@concord/label';

/** Where data come from and how they are labelled: what a feed must say before it may bring anything. */
export interface FeedDescription {
  readonly party: PartyId;
  /** Short name, unique within the party: it becomes the middle of its streams' names. */
  readonly feed: string;
  /** What is read, for people: a file's name, a mount point. Never with credentials. */
  readonly source: string;
  readonly format: string;
  /** The label of every item of the feed. */
  readonly label: Label;
  /** Who feeds it, where a person does. */
  readonly officer?: OfficerId;
}

/** An item as a decoder gives it: what the feed knows of all its items is added at intake. */
export interface IncomingItem {
  readonly kind: ItemKind;
  /** Milliseconds UTC. */
  readonly time: number;
  readonly series: string;
  readonly place?: Place;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Input that could not be used: where it was, why, and its first bytes. */
export interface Quarantined {
  readonly code: string;
  readonly message: string;
  /** `byte` counts from the start of the source, `line` from 1. */
  readonly place: {
    readonly byte?: number;
    readonly length?: number;
    readonly line?: number;
    readonly field?: string;
  };
  readonly bytes: Uint8Array;
}

export type FeedState = 'running' | 'waiting' | 'failed' | 'done';

/** An open feed. */
export interface FeedIntake {
  readonly description: FeedDescription;
  /**
   * Labels, classifies and appends. Resolves once the items are durable; whoever acknowledges to a source waits for
   * it. `progress` is committed together with the items.
   */
  accept(items: readonly IncomingItem[], progress?: Progress): Promise<void>;
  /** Keeps what could not be used for the party's engineers; durable when it resolves. */
  quarantine(entries: readonly Quarantined[]): Promise<void>;
  /** Says how the feed fares. */
  state(state: FeedState, message?: string): void;
}

/** How far into a source everything is durable, so that it can be resumed there without loss or repeat. */
export interface Progress {
  readonly run: string;
  /** Bytes from the start of the source. */
  readonly through: number;
  /** Items of this run so far, these included. */
  readonly acknowledged: number;
}

/** A decoder of one format, fed with the bytes of a source in order; pure but for its own state. */
export interface Decoder {
  /** Takes the next bytes. */
  push(bytes: Uint8Array): Decoded;
  /** The source has ended: gives what was held back. */
  end(): Decoded;
}

export interface Decoded {
  readonly items: readonly IncomingItem[];
  readonly quarantined: readonly Quarantined[];
  /** Bytes from the start of the source of which nothing is held back in the decoder. */
  readonly through: number;
}
