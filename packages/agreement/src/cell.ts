import type { Point } from '@concord/label';
import { cellToBoundary, cellToLatLng, getResolution, latLngToCell } from 'h3-js';

/** The H3 cell of this resolution around a point; undefined for a point that is not on Earth, which H3 would accept. */
export const cellOf = ({ lat, lon }: Point, h3: number): string | undefined =>
  Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? latLngToCell(lat, lon, h3) : undefined;

/** By how much a cell's ring is drawn wider, so that no point of the cell lies outside by rounding. */
const MARGIN = 1 + 1e-3;

type Vector = readonly [number, number, number];
const radians = Math.PI / 180;

const toVector = ([lat, lon]: readonly [number, number]): Vector => [
  Math.cos(lat * radians) * Math.cos(lon * radians),
  Math.cos(lat * radians) * Math.sin(lon * radians),
  Math.sin(lat * radians),
];

/**
 * A ring around all of a cell. The edges of a cell are arcs of great circles, which bend away from straight lines in
 * longitude and latitude, so arcs are cut until what is left of the bend is far below the margin: an edge of
 * resolution 0 is 1,100 km long, and each resolution is finer by the root of seven.
 */
export function cellRing(cell: string): Point[] {
  const corners = cellToBoundary(cell).map(toVector);
  const [lat0, lon0] = cellToLatLng(cell);
  const cuts = Math.max(2, 64 >> getResolution(cell));
  return corners.flatMap((from, i) => {
    const to = corners[(i + 1) % corners.length]!;
    return Array.from({ length: cuts }, (_, k) => {
      const [x, y, z] = [0, 1, 2].map((axis) => from[axis]! + ((to[axis]! - from[axis]!) * k) / cuts) as [
        number,
        number,
        number,
      ];
      const lat = Math.atan2(z, Math.hypot(x, y)) / radians;
      const lon = Math.atan2(y, x) / radians;
      return { lat: lat0 + (lat - lat0) * MARGIN, lon: lon0 + (lon - lon0) * MARGIN };
    });
  });
}
