import { type Area, cellWithin, within } from '@concord/agreement';
import type { Item, PartyId, Place } from '@concord/label';
import type { ItemState, ReleaseFacts } from './facts.ts';

/** Where an item lies, as itself and as its cells: the names used in release classes. */
export function areaFacts(
  areas: readonly Area[],
  resolutions: readonly number[],
  place: Place | undefined,
): string[] {
  if (!place) return [];
  const facts: string[] = [];
  for (const area of areas) {
    if (within(area, place)) facts.push(area.hash);
    if (!('point' in place)) continue;
    for (const h3 of resolutions) if (cellWithin(area, place.point, h3)) facts.push(areaFact(area, h3));
  }
  return facts.sort();
}

/** The name of "lies within this area version", as itself or as its cell. */
export const areaFact = (area: Area, h3: number | undefined): string =>
  h3 === undefined ? area.hash : `${area.hash}#${h3}`;

/** The release class of an item, as facts. `now` decides only whether its embargo still stands. */
export function classify(
  item: Item,
  areas: readonly Area[],
  resolutions: readonly number[],
  now: number,
  consents: readonly PartyId[] = [],
): ReleaseFacts {
  const { label } = item;
  const embargoed = label.embargoUntil !== undefined && Date.parse(label.embargoUntil) > now;
  const state: ItemState = embargoed ? 'embargoed' : 'normal';
  return {
    policy: label.policy,
    classification: label.classification,
    categories: label.categories,
    caveats: label.caveats,
    ...(label.releasableTo && { releasableTo: label.releasableTo }),
    purposes: label.purposes,
    dataMode: label.dataMode,
    kind: item.kind,
    originators: item.originators,
    areas: areaFacts(areas, resolutions, item.place),
    consents,
    state,
  };
}
