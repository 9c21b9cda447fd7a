import { LedgerError } from './error.ts';
import { TILE_WIDTH } from './tile-path.ts';

/** The longest entry, in bytes: lengths are 16 bits (C2SP tlog-tiles, "Log entries"). */
export const MAX_ENTRY = 0xffff;

/** Entries, each behind its length as a big-endian 16-bit number. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY)
      throw new LedgerError('entry-size', `an entry of ${entry.length} bytes is above ${MAX_ENTRY}`);
    length += 2 + entry.length;
  }
  const bundle = new Uint8Array(length);
  let at = 0;
  for (const entry of entries) {
    bundle[at] = entry.length >> 8;
    bundle[at + 1] = entry.length & 0xff;
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/** The first `width` entries of a bundle; `bundle-syntax` with the byte offset where it holds fewer, or more than 256. */
export function decodeBundle(bundle: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const next = at + 2 + ((bundle[at]! << 8) | (bundle[at + 1] ?? 0));
    if (at + 2 > bundle.length || next > bundle.length)
      throw new LedgerError('bundle-syntax', `entry ${entries.length} at byte ${at} runs past the end`);
    entries.push(bundle.subarray(at + 2, next));
    at = next;
  }
  if (entries.length > TILE_WIDTH || entries.length < width)
    throw new LedgerError('bundle-syntax', `${entries.length} entries where ${width} are expected`);
  // A full bundle may stand in for a partial one that has been deleted: then only its beginning is meant.
  return entries.slice(0, width);
}
