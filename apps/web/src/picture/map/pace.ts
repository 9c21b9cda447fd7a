const EQUATOR_METRES = 40_075_017;
const TILE_PIXELS = 512;
/** Speed of a low satellite's sub-point, metres a second. */
const FASTEST = 7_200;
const LEAST_MS = 250;
const MOST_MS = 1000;
/** Drawing takes at most this part of the time: a machine that draws slowly keeps its time for the connection. */
const SHARE = 0.15;

/**
 * Milliseconds until the satellites are drawn again: until the fastest has moved by about a pixel, between a quarter of a
 * second and a second, and longer where the last frame took `costMs`.
 */
export function paceAt(zoom: number, costMs = 0): number {
  const metresPerPixel = EQUATOR_METRES / (TILE_PIXELS * 2 ** zoom);
  const moved = Math.min(MOST_MS, Math.max(LEAST_MS, (metresPerPixel / FASTEST) * 1000));
  return Math.round(Math.max(moved, costMs / SHARE));
}
