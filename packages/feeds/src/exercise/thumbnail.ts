import { boxOf, inRing, type PlanePoint } from './plane.ts';
import { type Palette, png } from './png.ts';

/** Outside, sea in two shades, cloud, wake, hull. */
const PALETTE: Palette = [
  [12, 14, 20],
  [22, 46, 74],
  [28, 56, 86],
  [150, 160, 172],
  [84, 122, 150],
  [250, 236, 180],
];
const [OUTSIDE, SEA, SWELL, CLOUD, WAKE, HULL] = [0, 1, 2, 3, 4, 5];

const WIDTH = 128;
const MOST_HEIGHT = 128;

/** Something to be drawn: where, and its course. */
export interface Drawn extends PlanePoint {
  readonly course: number;
  readonly length: number;
}

/** What an image shows, small, north up, as a data URL of at most 4 KiB: the vessels, their wakes, clouds. */
export function thumbnail(
  footprint: readonly PlanePoint[],
  vessels: readonly Drawn[],
  cloudCover: number,
  random: () => number,
): string {
  const box = boxOf(footprint);
  const scale = (WIDTH - 1) / Math.max(box.east - box.west, 1);
  const height = Math.max(8, Math.min(MOST_HEIGHT, Math.ceil((box.north - box.south) * scale) + 1));
  const pixels = new Uint8Array(WIDTH * height);
  const swell = 4 + Math.floor(random() * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const inside = inRing(footprint, { x: box.west + (x + 0.5) / scale, y: box.north - (y + 0.5) / scale });
      pixels[y * WIDTH + x] = inside ? ((x + 2 * y) % swell === 0 ? SWELL : SEA) : OUTSIDE;
    }
  }
  const put = (x: number, y: number, index: number): void => {
    const at = Math.floor(y) * WIDTH + Math.floor(x);
    if (x >= 0 && x < WIDTH && y >= 0 && y < height && pixels[at] !== OUTSIDE) pixels[at] = index;
  };
  for (let cloud = 0; cloud < cloudCover * 20; cloud++) {
    const [cx, cy, radius] = [random() * WIDTH, random() * height, 2 + random() * 7];
    for (let dy = -radius / 2; dy <= radius / 2; dy++) {
      const reach = radius * Math.sqrt(1 - (2 * dy) ** 2 / (radius * radius + 1));
      for (let dx = -reach; dx <= reach; dx++) put(cx + dx, cy + dy, CLOUD);
    }
  }
  for (const { x, y, course, length } of vessels) {
    const [px, py] = [(x - box.west) * scale, (box.north - y) * scale];
    const [east, north] = [Math.sin((course * Math.PI) / 180), Math.cos((course * Math.PI) / 180)];
    for (let back = 4; back >= 1; back--) put(px - east * back, py + north * back, WAKE);
    put(px, py, HULL);
    if (length > 100) put(px + east, py - north, HULL);
  }
  return `data:image/png;base64,${Buffer.from(png(WIDTH, height, pixels, PALETTE)).toString('base64')}`;
}
