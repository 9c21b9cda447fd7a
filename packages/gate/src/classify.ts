import { cellOf, wholeCellWithin, within } from '@concord/agreement';
import type { Item, PartyId, Place } from '@concord/label';
import type { ItemState, ReleaseFacts } from './facts.ts';
import type { AskedArea } from './world.ts';

/** Where an item lies, as itself and as its cells: the names used in release classes. */
export function areaFacts(
  areas: readonly AskedArea[],
  resolutions: readonly number[],
  place: Place | undefined,
): string[] {
  if (!place) return [];
  const facts = areas.filter((area) => within(area, place)).map((area) => areaFact(area, undefined));
  // Of a footprint it is not known that it keeps clear of anything.
  if ('point' in place && cellOf(place.point, 0) !== undefined)
    for (const area of areas) if (area.clear && !within(area, place)) facts.push(clearFact(area));
  // What is not a point is never released as a cell.
  if (!('point' in place) || areas.length === 0) return facts.sort();
  for (const h3 of resolutions) {
    const cell = cellOf(place.point, h3);
    if (cell === undefined) continue;
    for (const area of areas) if (wholeCellWithin(area, cell)) facts.push(areaFact(area, h3));
  }
  return facts.sort();
}

/** The name of "lies within this area version", as itself or as its cell. */
export const areaFact = (area: Pick<AskedArea, 'hash'>, h3: number | undefined): string =>
  h3 === undefined ? area.hash : `${area.hash}#${h3}`;

const sorted = <T extends string>(list: readonly T[]): T[] => [...new Set(list)].sort();

/** The name of "lies clear of this area version". */
export const clearFact = ({ hash }: Pick<AskedArea, 'hash'>): string => `${hash}!`;

/** The release class of an item, as facts. `now` decides only whether its embargo still stands. */
export function classify(
  item: Item,
  areas: readonly AskedArea[],
  resolutions: readonly number[],
  now: number,
  consents: readonly PartyId[] = [],
): ReleaseFacts {
  const { label } = item;
  // An instant that cannot be read has not come.
  const free = label.embargoUntil === undefined || Date.parse(label.embargoUntil) <= now;
  const state: ItemState = free ? 'normal' : 'embargoed';
  return {
    policy: label.policy,
    classification: label.classification,
    categories: label.categories,
    caveats: label.caveats,
    ...(label.releasableTo && { releasableTo: label.releasableTo }),
    purposes: label.purposes,
    dataMode: label.dataMode,
    kind: item.kind,
    originators: sorted(item.originators),
    areas: areaFacts(areas, resolutions, item.place),
    consents: sorted(consents),
    state,
  };
}
