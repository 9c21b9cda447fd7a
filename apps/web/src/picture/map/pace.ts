const EQUATOR_METRES = 40_075_017;
const TILE_PIXELS = 512;
/** Speed of a low satellite's sub-point, metres a second. */
const FASTEST = 7_200;

/**
 * Milliseconds until the fastest satellite has moved by about a pixel: drawing more often would show nothing new.
 * Between 100 ms and 1 s.
 */
export function paceAt(zoom: number): number {
  const metresPerPixel = EQUATOR_METRES / (TILE_PIXELS * 2 ** zoom);
  return Math.round(Math.min(1000, Math.max(100, (metresPerPixel / FASTEST) * 1000)));
}
