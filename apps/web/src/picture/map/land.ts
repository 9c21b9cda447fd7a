import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import fineUrl from 'world-atlas/land-10m.json?url';
import middleUrl from 'world-atlas/land-50m.json?url';
import coarseUrl from 'world-atlas/land-110m.json?url';
import { closeRing, type Position } from '../../geometry/antimeridian.ts';
import { coastlines } from '../../geometry/coastline.ts';

/** Land of Natural Earth (public domain) at 1:110, 1:50 and 1:10 million, from the page's own assets. */
export type Detail = 'coarse' | 'middle' | 'fine';

export interface Land {
  readonly land: readonly GeoJSON.Feature[];
  readonly shore: readonly GeoJSON.Feature[];
}

const urls: Readonly<Record<Detail, string>> = { coarse: coarseUrl, middle: middleUrl, fine: fineUrl };

export const detailAt = (zoom: number): Detail => (zoom < 2.5 ? 'coarse' : zoom < 5 ? 'middle' : 'fine');

export async function loadLand(detail: Detail): Promise<Land> {
  const answer = await fetch(urls[detail]);
  const topology = (await answer.json()) as Topology;
  const object = topology.objects['land'];
  if (object === undefined) throw new Error('no land in the atlas');
  const found = feature(topology, object);
  const polygons: GeoJSON.Position[][][] = [];
  for (const { geometry } of found.type === 'FeatureCollection' ? found.features : [found]) {
    if (geometry.type === 'Polygon') polygons.push(geometry.coordinates);
    else if (geometry.type === 'MultiPolygon') polygons.push(...geometry.coordinates);
  }
  const rings = polygons.flat() as unknown as Position[][];
  const lines = coastlines(rings).map((line) => line.map((p) => [...p]));
  return {
    land: features(polygons.map((rings) => ({ type: 'Polygon', coordinates: rings.map(closed) }))),
    shore: features(lines.map((coordinates) => ({ type: 'LineString', coordinates }))),
  };
}

/** Rings of the atlas jump from one side of the antimeridian to the other; unwrapped they run on. */
const closed = (ring: GeoJSON.Position[]): GeoJSON.Position[] =>
  closeRing(ring as unknown as Position[]).map((p) => [...p]);

const features = (geometries: readonly GeoJSON.Geometry[]): GeoJSON.Feature[] =>
  geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry }));
