import type { Position } from '../../geometry/antimeridian.ts';
import { cellRing } from '../../geometry/cell.ts';
import { circle, horizonAngle } from '../../geometry/circle.ts';
import type { PictureObject } from '../objects/picture.ts';
import type { Selected } from '../satellites/messages.ts';

const mutable = (line: readonly Position[]): number[][] => line.map(([lon, lat]) => [lon, lat]);

function feature(geometry: GeoJSON.Geometry): GeoJSON.Feature {
  return { type: 'Feature', properties: {}, geometry };
}

/**
 * What is drawn around a selected object: a ring on a point, the outline of a cell or an area, the track behind a ship;
 * for a satellite its sub-point, the circle from which it is above the horizon, and its ground track.
 */
export function selectionOf(
  object: PictureObject | undefined,
  satellite: Selected | undefined,
): { readonly points: readonly GeoJSON.Feature[]; readonly shapes: readonly GeoJSON.Feature[] } {
  const points: GeoJSON.Feature[] = [];
  const shapes: GeoJSON.Feature[] = [];
  const point = (at: Position): void =>
    void points.push(feature({ type: 'Point', coordinates: [at[0], at[1]] }));
  const line = (along: readonly Position[]): void => {
    if (along.length > 1) shapes.push(feature({ type: 'LineString', coordinates: mutable(along) }));
  };
  if (object?.layer === 'satellites') {
    if (satellite?.key === object.key && satellite.here !== undefined) {
      const { lon, lat, altKm } = satellite.here;
      point([lon, lat]);
      line(satellite.track ?? []);
      const ring = circle(lon, lat, horizonAngle(altKm));
      shapes.push(feature({ type: 'Polygon', coordinates: [mutable(ring)] }));
    }
  } else if (object?.place?.at === 'point') {
    line(object.track);
    point([object.place.lon, object.place.lat]);
  } else if (object?.place?.at === 'cell') {
    const ring = cellRing(object.place.cell);
    if (ring !== undefined) shapes.push(feature({ type: 'Polygon', coordinates: [mutable(ring)] }));
  } else if (object?.place?.at === 'area') {
    shapes.push(feature({ type: 'Polygon', coordinates: [mutable(object.place.ring)] }));
  }
  return { points, shapes };
}
