/** Generator polynomial of CRC-24Q (RTCM 10403.3, 4.2). */
const POLYNOMIAL = 0x1864cfb;

const TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 16;
  for (let bit = 0; bit < 8; bit++) {
    crc <<= 1;
    if (crc & 0x1000000) crc ^= POLYNOMIAL;
  }
  return crc & 0xffffff;
});

/** CRC-24Q of `bytes[from, to)`, starting from zero. */
export function crc24q(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = 0;
  for (let i = from; i < to; i++) {
    crc = ((crc << 8) & 0xffffff) ^ (TABLE[(crc >>> 16) ^ (bytes[i] as number)] as number);
  }
  return crc;
}
