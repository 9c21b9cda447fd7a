import type { Position } from '../geometry/antimeridian.ts';
import type { Bounds } from '../geometry/bounds.ts';

export interface FlatMap {
  /** Pixels from the upper left. */
  readonly project: (at: Position) => readonly [number, number];
  /** Whole degrees (or multiples) to draw lines at. */
  readonly meridians: readonly number[];
  readonly parallels: readonly number[];
}

const MARGIN = 0.2;

/** A plate carrée fitted around bounds with a margin, one scale in both directions at the middle latitude. */
export function flatMap(bounds: Bounds, width: number, height: number): FlatMap {
  const [west, south, east, north] = bounds;
  const middle: Position = [(west + east) / 2, (south + north) / 2];
  const squeeze = Math.max(0.05, Math.cos((middle[1] * Math.PI) / 180));
  const wide = Math.max(0.01, (east - west) * squeeze) * (1 + 2 * MARGIN);
  const tall = Math.max(0.01, north - south) * (1 + 2 * MARGIN);
  const scale = Math.min(width / wide, height / tall);
  const project = ([lon, lat]: Position): readonly [number, number] => [
    width / 2 + (lon - middle[0]) * squeeze * scale,
    height / 2 - (lat - middle[1]) * scale,
  ];
  const spanLon = width / scale / squeeze;
  const spanLat = height / scale;
  const step = [0.5, 1, 2, 5, 10, 20, 45].find((it) => spanLat / it <= 4 && spanLon / it <= 6) ?? 90;
  return { project, meridians: lines(middle[0], spanLon, step), parallels: lines(middle[1], spanLat, step) };
}

function lines(middle: number, span: number, step: number): number[] {
  const out: number[] = [];
  for (let at = Math.ceil((middle - span / 2) / step) * step; at <= middle + span / 2; at += step)
    out.push(at);
  return out;
}
