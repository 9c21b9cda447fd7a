import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, inflateSync } from 'node:zlib';
import { png } from './png.ts';

test('a picture has its size, palette and pixels, each part with its checksum', () => {
  const bytes = Buffer.from(
    png(3, 2, Uint8Array.from([0, 1, 2, 2, 1, 0]), [
      [0, 0, 0],
      [9, 8, 7],
      [255, 0, 255],
    ]),
  );
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const named = bytes.subarray(at + 4, at + 8 + length);
    assert.equal(bytes.readUInt32BE(at + 8 + length), crc32(named));
    parts.set(named.subarray(0, 4).toString(), named.subarray(4));
    at += 12 + length;
  }
  assert.deepEqual([...parts.keys()], ['IHDR', 'PLTE', 'IDAT', 'IEND']);
  assert.deepEqual([...(parts.get('IHDR') ?? [])], [0, 0, 0, 3, 0, 0, 0, 2, 4, 3, 0, 0, 0]);
  assert.deepEqual([...inflateSync(parts.get('IDAT') ?? Buffer.alloc(0))], [0, 0x01, 0x20, 0, 0x21, 0x00]);
});
