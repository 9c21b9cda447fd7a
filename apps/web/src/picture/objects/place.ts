import { isValidCell } from 'h3-js';
import { closeRing, type Position } from '../../geometry/antimeridian.ts';
import { type Item, number, type Place } from './kind.ts';

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && number(value[0]) !== undefined && number(value[1]) !== undefined;

function ringOf(geometry: unknown): Position[] | undefined {
  if (typeof geometry !== 'object' || geometry === null) return undefined;
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  const ring: unknown = type === 'Polygon' && Array.isArray(coordinates) ? coordinates[0] : undefined;
  if (!Array.isArray(ring) || ring.length < 4 || !ring.every(isPosition)) return undefined;
  return closeRing(ring.map((p: Position) => [p[0], p[1]] as const));
}

/**
 * The place of an item in its released form. A cell wins over any coordinates beside it: what was coarsened is drawn
 * coarse.
 */
export function placeOf(item: Item): Place | undefined {
  const cell = item['cell'];
  if (typeof cell === 'string') return isValidCell(cell) ? { at: 'cell', cell } : undefined;
  const ring = ringOf(item['footprint']) ?? ringOf(item['area']) ?? ringOf(item['geometry']);
  if (ring !== undefined) return { at: 'area', ring };
  const lat = number(item['lat']);
  const lon = number(item['lon']);
  if (lat === undefined || lon === undefined || Math.abs(lat) > 90 || Math.abs(lon) > 180) return undefined;
  return { at: 'point', lon, lat };
}
