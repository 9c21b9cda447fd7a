import { equalBytes } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { decodeBundle } from './entry-bundle.ts';
import { LedgerError } from './error.ts';
import type { Report } from './finding.ts';
import { decodeTile, type ReadResource, readTile } from './log-reader.ts';
import { CompactRange, leafHash, merkleRoot } from './merkle.ts';
import { decodeReceipt } from './receipt-codec.ts';
import { TILE_HEIGHT, TILE_WIDTH, type Tile, tilePath } from './tile-path.ts';

export type Walk = {
  readonly report: Report;
  readonly kinds: Record<string, number>;
  readonly previous: number | undefined;
  readonly receipts?: boolean;
  readonly onProgress?: (entries: number, size: number) => void;
};

/** Bundles whose reads are under way ahead of the one that is checked: hides a server's latency, bounds memory. */
const READ_AHEAD = 8;

/**
 * Goes through every bundle and tile of a log in order. Entries are held against the hashes of level 0, these against
 * the level above, and so on: damage shows where it is, and not in everything above it.
 */
export async function walkTiles(
  read: ReadResource,
  { origin, size }: Checkpoint,
  walk: Walk,
): Promise<{ root: Uint8Array | undefined; previousRoot: Uint8Array | undefined }> {
  const range = new CompactRange();
  const upper = new UpperTiles(read, walk.report);
  const logs = new LogName(origin);
  let previousRoot = walk.previous === 0 ? range.root() : undefined;

  for await (const { entries, hashes, tile } of bundles(read, size, walk.report)) {
    const leaves = hashes ?? entries?.map(leafHash);
    if (leaves === undefined) return { root: undefined, previousRoot };
    entries?.forEach((entry, i) => {
      const where = `${tilePath({ ...tile, level: 'entries' })} entry ${tile.index * TILE_WIDTH + i}`;
      if (hashes !== undefined && !equalBytes(leafHash(entry), hashes[i]!))
        walk.report('entry-hash', where, `its hash is not the one in ${tilePath(tile)}`);
      if (walk.receipts !== false) checkReceipt(entry, where, logs, walk);
    });
    const reached = range.size + leaves.length;
    if (walk.previous !== undefined && walk.previous > range.size && walk.previous <= reached)
      previousRoot = rootAfter(range, leaves.slice(0, walk.previous - range.size));
    if (tile.width === TILE_WIDTH) {
      const root = merkleRoot(leaves);
      range.append(root, TILE_HEIGHT);
      await upper.add(1, root);
    } else {
      for (const leaf of leaves) range.append(leaf);
    }
    walk.onProgress?.(range.size, size);
  }
  await upper.finish();
  return { root: range.root(), previousRoot };
}

/** The root that a range will have after some more leaves. */
function rootAfter(range: CompactRange, leaves: readonly Uint8Array[]): Uint8Array {
  const ahead = range.clone();
  for (const leaf of leaves) ahead.append(leaf);
  return ahead.root();
}

/** All receipts of a log name one agreement; where the origin is a path, it ends in that name. */
class LogName {
  #name: string | undefined;
  readonly #origin: string;
  constructor(origin: string) {
    this.#origin = origin;
  }
  wrong(log: string): string | undefined {
    this.#name ??= log;
    if (log !== this.#name) return `a receipt of ${log} in the log of ${this.#name}`;
    if (this.#origin !== log && !this.#origin.endsWith(`/${log}`))
      return `a receipt of ${log} in ${this.#origin}`;
    return undefined;
  }
}

function checkReceipt(entry: Uint8Array, where: string, logs: LogName, { report, kinds }: Walk): void {
  try {
    const { kind, log } = decodeReceipt(entry);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    const wrong = logs.wrong(log);
    if (wrong !== undefined) report('entry-log', where, wrong);
  } catch (error) {
    report('entry-receipt', where, (error as Error).message);
  }
}

type Bundle = {
  entries: Uint8Array[] | undefined;
  hashes: Uint8Array[] | undefined;
  tile: Tile & { level: 0 };
};

/** The bundles of a log with their tiles of level 0, in order; what is missing or malformed is reported, undefined. */
async function* bundles(read: ReadResource, size: number, report: Report): AsyncGenerator<Bundle> {
  const count = Math.ceil(size / TILE_WIDTH);
  const pending: {
    tile: Tile & { level: 0 };
    bytes: Promise<PromiseSettledResult<Uint8Array | undefined>[]>;
  }[] = [];
  for (let next = 0; next < count || pending.length > 0; ) {
    while (next < count && pending.length < READ_AHEAD) {
      const tile = { level: 0, index: next, width: Math.min(TILE_WIDTH, size - next * TILE_WIDTH) } as const;
      const entries: Tile = { ...tile, level: 'entries' };
      pending.push({ tile, bytes: Promise.allSettled([readTile(read, entries), readTile(read, tile)]) });
      next += 1;
    }
    const { tile, bytes } = pending.shift()!;
    const [bundle, hashes] = await bytes;
    yield {
      tile,
      entries: opened(bundle!, { ...tile, level: 'entries' }, report),
      hashes: opened(hashes!, tile, report),
    };
  }
}

function opened(
  read: PromiseSettledResult<Uint8Array | undefined>,
  tile: Tile,
  report: Report,
): Uint8Array[] | undefined {
  const what = tile.level === 'entries' ? 'bundle' : 'tile';
  if (read.status === 'rejected') {
    report('read', tilePath(tile), String(read.reason));
  } else if (read.value === undefined) {
    report(`${what}-missing`, tilePath(tile), 'the log does not serve it');
  } else {
    try {
      return tile.level === 'entries'
        ? decodeBundle(read.value, tile.width)
        : decodeTile(read.value, tile.width);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      report(`${what}-syntax`, tilePath(tile), error.message);
    }
  }
  return undefined;
}

/** The tiles above level 0, checked against what the level below adds up to. */
class UpperTiles {
  readonly #read: ReadResource;
  readonly #report: Report;
  readonly #levels: { index: number; hashes: Uint8Array[] }[] = [];

  constructor(read: ReadResource, report: Report) {
    this.#read = read;
    this.#report = report;
  }

  /** Takes the root of the next full tile of the level below. */
  async add(level: number, hash: Uint8Array): Promise<void> {
    this.#levels[level] ??= { index: 0, hashes: [] };
    const open = this.#levels[level];
    open.hashes.push(hash);
    if (open.hashes.length < TILE_WIDTH) return;
    const found = await this.#check(level);
    open.index += 1;
    open.hashes = [];
    await this.add(level + 1, merkleRoot(found));
  }

  /** Checks the partial tiles at the end of the log. */
  async finish(): Promise<void> {
    for (const [level, open] of this.#levels.entries())
      if (open !== undefined && open.hashes.length > 0) await this.#check(level);
  }

  async #check(level: number): Promise<readonly Uint8Array[]> {
    const { index, hashes } = this.#levels[level]!;
    const tile: Tile = { level, index, width: hashes.length };
    const [read] = await Promise.allSettled([readTile(this.#read, tile)]);
    const found = opened(read!, tile, this.#report);
    if (found === undefined) return hashes;
    found.forEach((hash, i) => {
      if (!equalBytes(hash, hashes[i]!))
        this.#report('tile-hash', `${tilePath(tile)} hash ${i}`, 'not what the tile below it adds up to');
    });
    return found;
  }
}
