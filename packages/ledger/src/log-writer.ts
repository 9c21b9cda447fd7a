import { concat, equalBytes } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { decodeBundle, encodeBundle, MAX_ENTRY } from './entry-bundle.ts';
import { LedgerError } from './error.ts';
import { decodeTile, type ReadResource, readTile } from './log-reader.ts';
import { CompactRange, leafHash, merkleRoot } from './merkle.ts';
import { TILE_HEIGHT, TILE_WIDTH, type Tile, tilePath } from './tile-path.ts';

/** A resource to be written: its path below the log's prefix, and its bytes. */
export type LogFile = { readonly path: string; readonly bytes: Uint8Array };

/** What is new since the last `take`: write `files` in this order, then the checkpoint, then remove `superseded`. */
export type LogUpdate = {
  readonly size: number;
  readonly root: Uint8Array;
  readonly files: readonly LogFile[];
  readonly superseded: readonly string[];
};

/** The open tile of one level: the hashes (or entries) that are not in a full tile yet. */
type Edge = { index: number; readonly parts: Uint8Array[]; written: number };

/**
 * The growing end of a log: takes entries, and hands out the tiles and bundles that a writer then stores. Holds one
 * open tile a level and what was not taken yet; reads and writes nothing itself.
 */
export class LogWriter {
  readonly #range = new CompactRange();
  readonly #bundle: Edge = { index: 0, parts: [], written: 0 };
  readonly #levels: Edge[] = [];
  #full: LogFile[] = [];
  #superseded: string[] = [];

  get size(): number {
    return this.#range.size;
  }

  root(): Uint8Array {
    return this.#range.root();
  }

  /** Appends an entry and returns its index; `entry-size` above 65535 bytes. */
  append(entry: Uint8Array): number {
    if (entry.length > MAX_ENTRY)
      throw new LedgerError('entry-size', `an entry of ${entry.length} bytes is above ${MAX_ENTRY}`);
    const index = this.size;
    const leaf = leafHash(entry);
    this.#range.append(leaf);
    this.#push('entries', this.#bundle, entry);
    this.#pushHash(0, leaf);
    return index;
  }

  #pushHash(level: number, hash: Uint8Array): void {
    this.#levels[level] ??= { index: 0, parts: [], written: 0 };
    const edge = this.#levels[level];
    const full = this.#push(level, edge, hash);
    if (full !== undefined) this.#pushHash(level + 1, merkleRoot(full));
  }

  /** Adds to an open tile; when that fills it, files it, opens the next and returns the parts of the full one. */
  #push(level: Tile['level'], edge: Edge, part: Uint8Array): readonly Uint8Array[] | undefined {
    edge.parts.push(part);
    if (edge.parts.length < TILE_WIDTH) return undefined;
    const parts = edge.parts.splice(0);
    this.#full.push({
      path: tilePath({ level, index: edge.index, width: TILE_WIDTH }),
      bytes: encode(level, parts),
    });
    if (edge.written > 0) this.#superseded.push(tilePath({ level, index: edge.index, width: edge.written }));
    edge.index += 1;
    edge.written = 0;
    return parts;
  }

  /** The files of all that was appended since the last call, with the partial tiles that this size needs. */
  take(): LogUpdate {
    const files = this.#full;
    const superseded = this.#superseded;
    this.#full = [];
    this.#superseded = [];
    for (const [level, edge] of [['entries', this.#bundle] as const, ...this.#levels.entries()]) {
      const width = edge.parts.length;
      if (width === 0 || width === edge.written) continue;
      files.push({ path: tilePath({ level, index: edge.index, width }), bytes: encode(level, edge.parts) });
      if (edge.written > 0) superseded.push(tilePath({ level, index: edge.index, width: edge.written }));
      edge.written = width;
    }
    return { size: this.size, root: this.root(), files, superseded };
  }

  /**
   * A writer that goes on where a stored log ends. Reads the open tiles only, and refuses (`tree-mismatch`) a log
   * whose tiles do not add up to the checkpoint's root.
   */
  static async resume(read: ReadResource, checkpoint: Pick<Checkpoint, 'size' | 'root'>): Promise<LogWriter> {
    const writer = new LogWriter();
    const { size, root } = checkpoint;
    const edges: Edge[] = [];
    for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / TILE_WIDTH))
      edges.push(await openTile(read, level, count));
    for (const part of (await openTile(read, 'entries', size)).parts) writer.#bundle.parts.push(part);
    writer.#bundle.index = Math.floor(size / TILE_WIDTH);
    writer.#bundle.written = writer.#bundle.parts.length;
    writer.#levels.push(...edges);
    for (const [height, hash] of subtreesOf(edges.map((edge) => edge.parts)))
      writer.#range.append(hash, height);
    const open = edges[0]?.parts ?? [];
    const sound = writer.#bundle.parts.every((entry, i) => equalBytes(leafHash(entry), open[i]!));
    if (!sound || !equalBytes(writer.root(), root))
      throw new LedgerError('tree-mismatch', `the tiles of a log of ${size} do not add up to its checkpoint`);
    return writer;
  }
}

/** The complete subtrees on the right edge of a tree whose open tiles hold these hashes, highest first. */
function* subtreesOf(
  levels: readonly (readonly Uint8Array[])[],
): Generator<readonly [height: number, root: Uint8Array]> {
  for (const [level, hashes] of [...levels.entries()].reverse()) {
    let at = 0;
    for (let height = TILE_HEIGHT - 1; height >= 0; height -= 1) {
      const width = 2 ** height;
      if (at + width > hashes.length) continue;
      yield [TILE_HEIGHT * level + height, merkleRoot(hashes.slice(at, at + width))];
      at += width;
    }
  }
}

function encode(level: Tile['level'], parts: readonly Uint8Array[]): Uint8Array {
  return level === 'entries' ? encodeBundle(parts) : concat(...parts);
}

async function openTile(read: ReadResource, level: Tile['level'], count: number): Promise<Edge> {
  const index = Math.floor(count / TILE_WIDTH);
  const width = count % TILE_WIDTH;
  if (width === 0) return { index, parts: [], written: 0 };
  const bytes = await readTile(read, { level, index, width });
  if (bytes === undefined) throw new LedgerError('tile-missing', tilePath({ level, index, width }));
  const parts = level === 'entries' ? decodeBundle(bytes, width) : decodeTile(bytes, width);
  return { index, parts, written: width };
}
