import type { Position } from './antimeridian.ts';

const onCut = (p: Position): boolean => Math.abs(p[0]) > 179.99 || p[1] < -89.99;

/**
 * Lines of the shore from land rings, without the edges that only close a polygon at the antimeridian or the pole, and
 * without those that jump over it: drawn as lines they would be seams and rings around the Earth.
 */
export function coastlines(rings: readonly (readonly Position[])[]): Position[][] {
  const lines: Position[][] = [];
  for (const ring of rings) {
    let line: Position[] = [];
    for (const [i, point] of ring.entries()) {
      const before = ring[i - 1];
      if (before !== undefined && ((onCut(before) && onCut(point)) || Math.abs(point[0] - before[0]) > 180)) {
        if (line.length > 1) lines.push(line);
        line = [];
      }
      line.push(point);
    }
    if (line.length > 1) lines.push(line);
  }
  return lines;
}
