import { decodeBundle } from './entry-bundle.ts';
import { LedgerError } from './error.ts';
import { EMPTY_ROOT, HASH_SIZE, merkleRoot, nodeHash } from './merkle.ts';
import { consistencySpans, inclusionSpans, type Span } from './proof.ts';
import { TILE_WIDTH, type Tile, tilePath } from './tile-path.ts';

/** Reads one of a log's resources (`checkpoint`, `tile/0/000`, …); undefined where there is none. */
export type ReadResource = (path: string) => Promise<Uint8Array | undefined>;

/** A tile's bytes: the partial one, or the full one in its place where the partial has been deleted. */
export async function readTile(read: ReadResource, tile: Tile): Promise<Uint8Array | undefined> {
  const bytes = await read(tilePath(tile));
  if (bytes !== undefined || tile.width === TILE_WIDTH) return bytes;
  return await read(tilePath({ ...tile, width: TILE_WIDTH }));
}

/** The first `width` hashes of a tile; `tile-syntax` where its length fits neither that width nor a full tile. */
export function decodeTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * HASH_SIZE && bytes.length !== TILE_WIDTH * HASH_SIZE)
    throw new LedgerError('tile-syntax', `${bytes.length} bytes where ${width * HASH_SIZE} are expected`);
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE));
}

/**
 * Hashes and entries of a log of `size` leaves, read from its tiles; every tile is read once. What it returns
 * is as trustworthy as its source: check proofs against a signed root.
 */
export class LogReader {
  readonly #read: ReadResource;
  readonly #tiles = new Map<string, Promise<readonly Uint8Array[]>>();
  readonly size: number;

  constructor(read: ReadResource, size: number) {
    this.#read = read;
    this.size = size;
  }

  async #hashes(level: number, index: number): Promise<readonly Uint8Array[]> {
    const count = Math.floor(this.size / TILE_WIDTH ** level);
    const tile = { level, index, width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH) };
    const path = tilePath(tile);
    let hashes = this.#tiles.get(path);
    if (hashes === undefined) {
      hashes = readTile(this.#read, tile).then((bytes) => {
        if (bytes === undefined) throw new LedgerError('tile-missing', path);
        return decodeTile(bytes, tile.width);
      });
      this.#tiles.set(path, hashes);
    }
    return await hashes;
  }

  /** The root of the largest complete subtree of `[at, to)` that starts at `at` and shows in one tile, and its leaves. */
  async #subtree(at: number, to: number): Promise<{ root: Uint8Array; leaves: number }> {
    let level = 0;
    let unit = 1;
    while (at % (unit * TILE_WIDTH) === 0 && at + unit * TILE_WIDTH <= to) {
      level += 1;
      unit *= TILE_WIDTH;
    }
    const node = at / unit;
    let width = 1;
    while (node % (width * 2) === 0 && at + width * 2 * unit <= to) width *= 2;
    const hashes = await this.#hashes(level, Math.floor(node / TILE_WIDTH));
    const from = node % TILE_WIDTH;
    return { root: merkleRoot(hashes.slice(from, from + width)), leaves: width * unit };
  }

  async #root([from, to]: Span): Promise<Uint8Array> {
    const subtrees: Uint8Array[] = [];
    for (let at = from; at < to; ) {
      const { root, leaves } = await this.#subtree(at, to);
      subtrees.push(root);
      at += leaves;
    }
    return subtrees.length === 0 ? EMPTY_ROOT : subtrees.reduceRight((right, left) => nodeHash(left, right));
  }

  /** Merkle tree hash of the whole log. */
  async root(): Promise<Uint8Array> {
    return await this.#root([0, this.size]);
  }

  /** Inclusion proof of leaf `index`, leaf's sibling first. */
  async inclusionProof(index: number): Promise<Uint8Array[]> {
    return await Promise.all(inclusionSpans(index, this.size).map((span) => this.#root(span)));
  }

  /** Proof that the first `older` leaves are a prefix of this log. */
  async consistencyProof(older: number): Promise<Uint8Array[]> {
    return await Promise.all(consistencySpans(older, this.size).map((span) => this.#root(span)));
  }

  /** The bytes of entry `index`. */
  async entry(index: number): Promise<Uint8Array> {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.size)
      throw new LedgerError('index', `no leaf ${index} in a log of ${this.size}`);
    const bundle = Math.floor(index / TILE_WIDTH);
    const width = Math.min(TILE_WIDTH, this.size - bundle * TILE_WIDTH);
    const tile: Tile = { level: 'entries', index: bundle, width };
    const bytes = await readTile(this.#read, tile);
    if (bytes === undefined) throw new LedgerError('tile-missing', tilePath(tile));
    return decodeBundle(bytes, width)[index % TILE_WIDTH]!;
  }
}
