import type { PartyId, PolicyId } from './ids.ts';

/** What the data are good for; required on every item, shown with it, never mixed (Unified Data Library, `dataMode`). */
export const DATA_MODES = ['REAL', 'TEST', 'EXERCISE', 'SIMULATED'] as const;
export type DataMode = (typeof DATA_MODES)[number];

/**
 * How a tag set restricts (ADatP-4774, category types): RESTRICTIVE, a reader must hold every value;
 * PERMISSIVE, at least one value of the tag set; INFORMATIVE, no effect on access.
 */
export const CATEGORY_TYPES = ['RESTRICTIVE', 'PERMISSIVE', 'INFORMATIVE'] as const;
export type CategoryType = (typeof CATEGORY_TYPES)[number];

export interface Category {
  readonly tagSet: string;
  readonly type: CategoryType;
  readonly values: readonly string[];
}

/** The confidentiality label of an item. Immutable; lists are sorted and free of repeats once read. */
export interface Label {
  readonly policy: PolicyId;
  /** A level of that policy, in the originator's own words. */
  readonly classification: string;
  readonly categories: readonly Category[];
  readonly caveats: readonly string[];
  /** When present, only these parties (and the originator) may receive the item, whatever a clause permits. */
  readonly releasableTo?: readonly PartyId[];
  /** When not empty, the item serves only these purposes. */
  readonly purposes: readonly string[];
  /** UTC, ISO 8601 with Z: not before this instant to anybody but the originator. */
  readonly embargoUntil?: string;
  readonly dataMode: DataMode;
  /** What the label becomes by itself at an instant (ADatP-4774, succession handling). */
  readonly successor?: Successor;
}

export interface Successor {
  /** UTC, ISO 8601 with Z. */
  readonly at: string;
  readonly label: Label;
}

/** The label as it is at an instant, milliseconds UTC: successions that have come by then are applied. */
export function labelAt(label: Label, now: number): Label {
  let current = label;
  while (current.successor && Date.parse(current.successor.at) <= now) current = current.successor.label;
  return current;
}

/** Equal for categories of one tag set and type, which stand once in a label. */
export const categoryKey = ({ tagSet, type }: Category): string => `${tagSet}:${type}`;

/** The order of categories in a label. */
export const byKey = (a: Category, b: Category): number => {
  const [x, y] = [categoryKey(a), categoryKey(b)];
  return x < y ? -1 : Number(x > y);
};

/**
 * A category value and a purpose that no reader holds, whatever its grant says: what is left where a join of labels
 * has no value in common.
 */
export const NOBODY = 'NOBODY';

/** A reader's category values are written `tagSet:value`. */
export const categoryValue = (tagSet: string, value: string): string => `${tagSet}:${value}`;

/**
 * Caveats that this version executes. NOFORN: the originator's own officers only. ORCON: another party needs the
 * originator's recorded consent. A label with any other caveat is refused, so that nothing is silently ignored.
 */
export const CAVEATS = ['NOFORN', 'ORCON'] as const;
export type Caveat = (typeof CAVEATS)[number];
