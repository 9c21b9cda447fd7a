import { useEffect, useEffectEvent, useRef } from 'react';
import type { Position } from '../../geometry/antimeridian.ts';
import { type Bounds, boundsOf, positionsOf } from '../../geometry/bounds.ts';
import { cellCentre } from '../../geometry/cell.ts';
import { useWatch } from '../../watch/use-watch.ts';
import type { Command } from '../commands.ts';
import type { PictureObject } from '../objects/picture.ts';
import type { Satellites } from '../satellites/use-satellites.ts';
import type { NamedArea } from '../use-areas.ts';
import type { Globe } from './globe.ts';

const NEAR = 7.5;
const FAR = 2.2;
const AREAS = 8;

/** Moves the view: at first to the agreements' areas (there is what this node is for), then as it is told. */
export function useCommand(
  globe: Globe | undefined,
  command: Command | undefined,
  areas: readonly NamedArea[],
  satellites: Satellites,
): void {
  const watch = useWatch();
  const begun = useRef(false);

  useEffect(() => {
    const bounds = smallest(areas);
    if (globe === undefined || bounds === undefined || begun.current) return;
    begun.current = true;
    globe.fit(bounds, AREAS, false);
  }, [globe, areas]);

  const obey = useEffectEvent((wish: Command): void => {
    if (globe === undefined) return;
    if (wish.type === 'zoom') globe.zoomBy(wish.by);
    else if (wish.type === 'whole') globe.whole();
    else if (wish.type === 'areas') {
      const bounds = boundsOfAll(areas);
      if (bounds !== undefined) globe.fit(bounds, AREAS);
    } else {
      const object = watch.picture.get(wish.key);
      const at = middleOf(object) ?? satellites.subPoint(wish.key);
      if (at !== undefined)
        globe.flyTo(at, object?.layer === 'satellites' ? FAR : Math.max(NEAR, globe.zoom));
    }
  });
  useEffect(() => {
    if (command !== undefined) obey(command);
  }, [command]);
}

/** Bounds of the smallest area: the one that is watched most closely. */
function smallest(areas: readonly NamedArea[]): Bounds | undefined {
  const all = areas.flatMap((area) => {
    const bounds = boundsOfAll([area]);
    return bounds === undefined ? [] : [bounds];
  });
  const size = ([west, south, east, north]: Bounds): number => (east - west) * (north - south);
  return all.sort((a, b) => size(a) - size(b))[0];
}

const boundsOfAll = (areas: readonly NamedArea[]): Bounds | undefined =>
  boundsOf(areas.flatMap(({ geojson }) => positionsOf(geojson)));

function middleOf(object: PictureObject | undefined): Position | undefined {
  const place = object?.place;
  if (place === undefined) return undefined;
  if (place.at === 'point') return [place.lon, place.lat];
  if (place.at === 'cell') return cellCentre(place.cell);
  const bounds = boundsOf(place.ring);
  return bounds === undefined ? undefined : [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
}
