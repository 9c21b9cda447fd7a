import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LedgerError, parseCheckpoint, type ReadResource, TILE_WIDTH, tilePath } from '@concord/ledger';
import { Api } from './api.ts';
import { type ClientValues, clientOf } from './client-options.ts';
import { UsageError } from './verb.ts';

/**
 * A way to read a log's resources: of a server, as the one who acts there, or of a folder.
 *
 * @throws UsageError where there is no such folder
 */
export async function logSource(place: string, values: ClientValues): Promise<ReadResource> {
  if (/^https?:/i.test(place)) return serverLog(place, values);
  const folder = resolve(place);
  const facts = await stat(folder).catch(() => undefined);
  if (!facts?.isDirectory())
    throw new UsageError(`${place} is neither a folder nor the address of a log, http://…`);
  return async (path) => {
    try {
      return await readFile(join(folder, path));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw cause;
    }
  };
}

function serverLog(place: string, values: ClientValues): ReadResource {
  const url = URL.parse(place);
  if (!url) throw new UsageError(`"${place}" is no address of a log`);
  const { address, credential } = clientOf(values, url.origin);
  const api = new Api(address, credential);
  const base = url.pathname.replace(/\/(checkpoint)?$/, '');
  return (path) => api.bytes(`${base}/${path}`);
}

/**
 * The same log, held at the checkpoint that it has now. A log that grows replaces its partial tiles, and those of this
 * checkpoint may be gone before a long check comes to them: they are few, and read at once.
 */
export async function heldLog(read: ReadResource): Promise<ReadResource> {
  const held = new Map<string, Uint8Array | undefined>([['checkpoint', await read('checkpoint')]]);
  for (const path of partialTiles(held.get('checkpoint'))) {
    const bytes = await read(path);
    if (bytes) held.set(path, bytes);
  }
  return async (path) => (held.has(path) ? held.get(path) : await read(path));
}

/** The last tile of each level, where it is not full. */
function partialTiles(checkpoint: Uint8Array | undefined): string[] {
  const size = sizeOf(checkpoint);
  const tiles: string[] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH)) {
    const last = { index: Math.floor(count / TILE_WIDTH), width: count % TILE_WIDTH };
    if (last.width === 0) continue;
    if (level === 0) tiles.push(tilePath({ level: 'entries', ...last }));
    tiles.push(tilePath({ level, ...last }));
  }
  return tiles;
}

/** 0 where there is no checkpoint or none that can be read: what is wrong with it is for the check to say. */
function sizeOf(checkpoint: Uint8Array | undefined): number {
  if (!checkpoint) return 0;
  try {
    return parseCheckpoint(checkpoint).size;
  } catch (cause) {
    if (cause instanceof LedgerError) return 0;
    throw cause;
  }
}
