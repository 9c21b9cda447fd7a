/** A source that is being followed. */
export interface RunningFeed {
  /** Ends it; resolves when what has come is durable. */
  stop(): Promise<void>;
}
