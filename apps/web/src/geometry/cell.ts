import { cellToBoundary, cellToLatLng, isValidCell } from 'h3-js';
import { closeRing, type Position } from './antimeridian.ts';

/** The ring of an H3 cell, closed and continuous over the antimeridian; undefined where the text is no cell. */
export function cellRing(cell: unknown): Position[] | undefined {
  if (typeof cell !== 'string' || !isValidCell(cell)) return undefined;
  return closeRing(cellToBoundary(cell, true) as Position[]);
}

/** [longitude, latitude] of a cell's middle: for the camera only, never drawn as the place of anything. */
export function cellCentre(cell: string): Position | undefined {
  if (!isValidCell(cell)) return undefined;
  const [lat, lon] = cellToLatLng(cell);
  return [lon, lat];
}
