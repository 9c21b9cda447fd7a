import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import fineUrl from 'world-atlas/land-10m.json?url';
import middleUrl from 'world-atlas/land-50m.json?url';
import coarseUrl from 'world-atlas/land-110m.json?url';
import type { Position } from '../../geometry/antimeridian.ts';
import { coastlines } from '../../geometry/coastline.ts';

/** Land of Natural Earth (public domain) at 1:110, 1:50 and 1:10 million, from the page's own assets. */
export type Detail = 'coarse' | 'middle' | 'fine';

export interface Land {
  readonly land: GeoJSON.FeatureCollection;
  readonly shore: GeoJSON.Feature;
}

const urls: Readonly<Record<Detail, string>> = { coarse: coarseUrl, middle: middleUrl, fine: fineUrl };

export const detailAt = (zoom: number): Detail => (zoom < 2.5 ? 'coarse' : zoom < 5 ? 'middle' : 'fine');

export async function loadLand(detail: Detail): Promise<Land> {
  const answer = await fetch(urls[detail]);
  const topology = (await answer.json()) as Topology;
  const object = topology.objects['land'];
  if (object === undefined) throw new Error('no land in the atlas');
  const found = feature(topology, object);
  const land: GeoJSON.FeatureCollection =
    found.type === 'FeatureCollection' ? found : { type: 'FeatureCollection', features: [found] };
  const rings: Position[][] = [];
  for (const { geometry } of land.features) {
    if (geometry.type === 'Polygon') rings.push(...(geometry.coordinates as unknown as Position[][]));
    else if (geometry.type === 'MultiPolygon')
      rings.push(...(geometry.coordinates.flat() as unknown as Position[][]));
  }
  const lines = coastlines(rings).map((line) => line.map((p) => [...p]));
  return {
    land,
    shore: { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines } },
  };
}
