import { crc32, deflateSync } from 'node:zlib';

/** Colours of a palette, red, green, blue from 0 to 255. */
export type Palette = readonly (readonly [red: number, green: number, blue: number])[];

/**
 * A picture of at most 16 colours as PNG (W3C PNG, third edition): `pixels` has an index of the palette each, rows from
 * the top.
 */
export function png(width: number, height: number, pixels: Uint8Array, palette: Palette): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Four bits an index, a palette, and the only methods there are.
  header.set([4, 3, 0, 0, 0], 8);
  const stride = Math.ceil(width / 2) + 1;
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * stride + 1 + (x >> 1);
      const index = (pixels[y * width + x] ?? 0) & 15;
      rows[at] = (rows[at] as number) | (x % 2 === 0 ? index << 4 : index);
    }
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    piece('IHDR', header),
    piece('PLTE', Uint8Array.from(palette.flat())),
    piece('IDAT', deflateSync(rows, { level: 9 })),
    piece('IEND', new Uint8Array(0)),
  ]);
}

function piece(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
