/** A stored item as release reads it, from the store or from the bus. */
export interface Row {
  readonly seq: number;
  /** Milliseconds UTC. */
  readonly ingested: number;
  /** When it was released again, after its class had changed; milliseconds UTC. */
  readonly since?: number | null;
  readonly stream: number;
  readonly series: string;
  readonly time: number;
  readonly releaseClass: number;
  readonly label: number;
  readonly lat: number | null;
  readonly lon: number | null;
  /** JSON text. */
  readonly record: string;
}
