import type { Position } from './antimeridian.ts';

const onCut = (p: Position): boolean => Math.abs(p[0]) > 179.99 || p[1] < -89.99;

/**
 * Lines of the shore from land rings, without the edges that only close a polygon at the antimeridian or the pole: drawn
 * as lines they would be a seam.
 */
export function coastlines(rings: readonly (readonly Position[])[]): Position[][] {
  const lines: Position[][] = [];
  for (const ring of rings) {
    let line: Position[] = [];
    for (const [i, point] of ring.entries()) {
      const before = ring[i - 1];
      if (before !== undefined && onCut(before) && onCut(point)) {
        if (line.length > 1) lines.push(line);
        line = [];
      }
      line.push(point);
    }
    if (line.length > 1) lines.push(line);
  }
  return lines;
}

/** Meridians and parallels every `step` degrees, with a point every 3° so that they bend with the globe. */
export function graticule(step: number): Position[][] {
  const lines: Position[][] = [];
  for (let lon = -180; lon < 180; lon += step) {
    const line: Position[] = [];
    for (let lat = -84; lat <= 84; lat += 3) line.push([lon, lat]);
    lines.push(line);
  }
  for (let lat = -90 + step; lat < 90; lat += step) {
    const line: Position[] = [];
    for (let lon = -180; lon <= 180; lon += 3) line.push([lon, lat]);
    lines.push(line);
  }
  return lines;
}
