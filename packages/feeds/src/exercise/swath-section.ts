import { isFailure, propagate, subSatellitePoint } from '@concord/orbit';
import type { Imager } from './imagers.ts';
import type { PlanePoint } from './plane.ts';
import type { Waters } from './waters.ts';

/** The line across the track that a satellite sees at an instant, in the waters' plane, kilometres. */
export interface Section {
  readonly left: PlanePoint;
  readonly middle: PlanePoint;
  readonly right: PlanePoint;
}

/** Beyond this the plane is no chart any more, kilometres. */
const CHART_KM = 1500;
/** A track is measured over so long, milliseconds. */
const STEP_MS = 1000;

/** Undefined where the satellite is far from the waters, or nowhere. */
export function sectionAt(
  { elset, halfSwath_km }: Imager,
  { plane }: Waters,
  at: number,
): Section | undefined {
  const below = (instant: number): PlanePoint | undefined => {
    const state = propagate(elset, instant);
    return isFailure(state) ? undefined : plane.toPlane(subSatellitePoint(state, instant));
  };
  const [middle, next] = [below(at), below(at + STEP_MS)];
  if (middle === undefined || next === undefined || Math.hypot(middle.x, middle.y) > CHART_KM)
    return undefined;
  const [dx, dy] = [next.x - middle.x, next.y - middle.y];
  const length = Math.hypot(dx, dy);
  // One that stands still over the ground has no left and right; west to east will do.
  const [ex, ey] = length > 0 ? [dy / length, -dx / length] : [1, 0];
  const beside = (km: number): PlanePoint => ({ x: middle.x + ex * km, y: middle.y + ey * km });
  return { left: beside(-halfSwath_km), middle, right: beside(halfSwath_km) };
}

/** Parts of a section, or of a frame's side, that are looked at. */
const PARTS = 24;

const along = (from: PlanePoint, to: PlanePoint, part: number): PlanePoint => ({
  x: from.x + part * (to.x - from.x),
  y: from.y + part * (to.y - from.y),
});

/** Whether a section lies anywhere over the waters. */
export function crosses({ left, right }: Section, { inside }: Waters): boolean {
  for (let part = 0; part <= PARTS; part++) if (inside(along(left, right, part / PARTS))) return true;
  return false;
}

/** The square around the middle of a section, its sides north and east. */
export function frameOf({ left, middle, right }: Section): PlanePoint[] {
  const half = Math.hypot(right.x - left.x, right.y - left.y) / 2;
  const corner = (x: number, y: number): PlanePoint => ({ x: middle.x + x * half, y: middle.y + y * half });
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** Whether a four-sided frame covers any of the waters. */
export function covers([a, b, c, d]: readonly PlanePoint[], { inside }: Waters): boolean {
  if (!a || !b || !c || !d) return false;
  for (let row = 0; row <= PARTS; row++) {
    const [from, to] = [along(a, d, row / PARTS), along(b, c, row / PARTS)];
    for (let part = 0; part <= PARTS; part++) if (inside(along(from, to, part / PARTS))) return true;
  }
  return false;
}
