import type { Vector } from './state.ts';

/**
 * The camera on the map's unit sphere from the plane of its horizon, `[nx, ny, nz, d]` with the visible side positive:
 * seen from distance D the horizon's plane lies 1/D from the middle.
 */
export function cameraFrom(plane: readonly number[]): Vector {
  const [x = 0, y = 0, z = 0, d = 0] = plane;
  const length = Math.hypot(x, y, z);
  if (length === 0 || d >= 0) return [0, 0, 1e6];
  const distance = length / -d;
  return [(x / length) * distance, (y / length) * distance, (z / length) * distance];
}

/** True where the sphere stands between the camera and a point. */
export function isBehindEarth(camera: Vector, point: Vector): boolean {
  const d = [point[0] - camera[0], point[1] - camera[1], point[2] - camera[2]] as const;
  const squared = d[0] ** 2 + d[1] ** 2 + d[2] ** 2;
  if (squared === 0) return false;
  const along = -(camera[0] * d[0] + camera[1] * d[1] + camera[2] * d[2]) / squared;
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(camera[0] + d[0] * t, camera[1] + d[1] * t, camera[2] + d[2] * t) < 1;
}

/** A point of the sphere's frame on the screen in pixels; undefined behind the camera. `m` is column-major. */
export function toScreen(
  m: ArrayLike<number>,
  p: Vector,
  width: number,
  height: number,
): readonly [number, number] | undefined {
  const row = (r: number): number =>
    (m[r] ?? 0) * p[0] + (m[r + 4] ?? 0) * p[1] + (m[r + 8] ?? 0) * p[2] + (m[r + 12] ?? 0);
  const w = row(3);
  if (w <= 0) return undefined;
  return [((row(0) / w + 1) / 2) * width, ((1 - row(1) / w) / 2) * height];
}
