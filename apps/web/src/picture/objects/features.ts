import { cellRing } from '../../geometry/cell.ts';
import { kindOf, type Layer } from './kind.ts';
import type { PictureObject } from './picture.ts';

export interface LayerFeatures {
  readonly points: readonly GeoJSON.Feature[];
  readonly areas: readonly GeoJSON.Feature[];
}

const isStale = (object: PictureObject, now: number): boolean => {
  const limit = kindOf(object.released.kind)?.staleMs;
  return limit !== undefined && now - object.received > limit;
};

/**
 * GeoJSON of one layer: points for exact positions; for coarse ones a polygon a cell and stream with the count of what
 * lies in it. `key` names the object, for a cell its first.
 */
export function featuresOf(
  objects: Iterable<PictureObject>,
  layer: Layer,
  hidden: ReadonlySet<string>,
  now: number,
): LayerFeatures {
  const points: GeoJSON.Feature[] = [];
  const areas: GeoJSON.Feature[] = [];
  const cells = new Map<string, { first: PictureObject; n: number }>();
  for (const object of objects) {
    if (object.layer !== layer || hidden.has(object.stream) || object.place === undefined) continue;
    const { place, key, party } = object;
    const properties = { key, party, stale: isStale(object, now) };
    if (place.at === 'point') {
      points.push({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [place.lon, place.lat] },
        properties: { ...properties, heading: object.heading ?? 0, still: object.heading === undefined },
      });
    } else if (place.at === 'area') {
      areas.push(polygon(place.ring, { ...properties, n: 0 }));
    } else {
      const of = `${object.stream}|${place.cell}`;
      const cell = cells.get(of);
      if (cell === undefined) cells.set(of, { first: object, n: 1 });
      else cell.n += 1;
    }
  }
  for (const { first, n } of cells.values()) {
    if (first.place?.at !== 'cell') continue;
    const ring = cellRing(first.place.cell);
    if (ring === undefined) continue;
    areas.push(polygon(ring, { key: first.key, party: first.party, stale: isStale(first, now), n }));
  }
  return { points, areas };
}

function polygon(
  ring: readonly (readonly [number, number])[],
  properties: Readonly<Record<string, unknown>>,
): GeoJSON.Feature {
  return {
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [ring.map(([lon, lat]) => [lon, lat])] },
    properties: { ...properties },
  };
}
