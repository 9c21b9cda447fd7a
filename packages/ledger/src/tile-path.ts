import { LedgerError } from './error.ts';

/** Levels of the tree in one tile (C2SP tlog-tiles). */
export const TILE_HEIGHT = 8;

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

/**
 * A tile of hashes (`level` 0 to 63) or a bundle of entries (`level: 'entries'`), its index in the level, and its
 * width: 256 when full, 1 to 255 when partial.
 */
export type Tile = { readonly level: number | 'entries'; readonly index: number; readonly width: number };

function checked(tile: Tile): Tile {
  const { level, index, width } = tile;
  if (level !== 'entries' && !(Number.isInteger(level) && level >= 0 && level <= 63))
    throw new LedgerError('path-syntax', `tile level ${level} is not within 0 to 63`);
  if (!Number.isSafeInteger(index) || index < 0)
    throw new LedgerError('path-syntax', `tile index ${index} is no natural number`);
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH)
    throw new LedgerError('path-syntax', `tile width ${width} is not within 1 to ${TILE_WIDTH}`);
  return tile;
}

/** `tile/0/x001/x234/067`, `tile/entries/000.p/17`: where a log serves a tile (C2SP tlog-tiles, "Merkle Tree"). */
export function tilePath(tile: Tile): string {
  const { level, index, width } = checked(tile);
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const name = groups.map((group, i) => (i === groups.length - 1 ? group : `x${group}`)).join('/');
  return `tile/${level}/${name}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** Reads what `tilePath` writes, and nothing else; undefined for any other text. */
export function parseTilePath(path: string): Tile | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (match === null) return undefined;
  const tile: Tile = {
    level: match[1] === 'entries' ? 'entries' : Number(match[1]),
    index: Number(match[2]!.replaceAll(/[x/]/g, '')),
    width: match[3] === undefined ? TILE_WIDTH : Number(match[3]),
  };
  try {
    // One name a tile: leading zeroes and `.p/256` do not come back the same.
    return tilePath(tile) === path ? tile : undefined;
  } catch {
    return undefined;
  }
}

/** Every tile and bundle that a log of `size` leaves serves, in the order of the leaves, lower levels first. */
export function* tilesOf(size: number): Generator<Tile> {
  for (const level of ['entries', 0] as const) yield* tilesOfLevel(level, size);
  for (let level = 1, count = Math.floor(size / TILE_WIDTH); count > 0; level += 1) {
    yield* tilesOfLevel(level, count);
    count = Math.floor(count / TILE_WIDTH);
  }
}

function* tilesOfLevel(level: Tile['level'], count: number): Generator<Tile> {
  for (let from = 0; from < count; from += TILE_WIDTH)
    yield { level, index: from / TILE_WIDTH, width: Math.min(TILE_WIDTH, count - from) };
}
