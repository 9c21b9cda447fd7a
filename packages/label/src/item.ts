import type { PartyId } from './ids.ts';
import type { ItemKind } from './kind.ts';
import type { Label } from './label.ts';

/** Degrees, WGS 84; longitude in [-180, 180]. */
export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Where an item is: a point, or a closed ring (first point not repeated) around what it shows. */
export type Place = { readonly point: Point } | { readonly ring: readonly Point[] };

/**
 * Whatever can be released. `record` has the public field names of the Unified Data Library; what the release gate
 * needs of it (when, where, whose, how labelled) stands beside it, never inside it alone.
 */
export interface Item {
  readonly kind: ItemKind;
  /** When it was so: milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  /** What it is one value of in its stream: a receiver, a vessel's MMSI, a satellite. Empty where there is none. */
  readonly series: string;
  readonly label: Label;
  /** All parties from which it stems, sorted. */
  readonly originators: readonly PartyId[];
  readonly place?: Place;
  readonly record: Readonly<Record<string, unknown>>;
}
