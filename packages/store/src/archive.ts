/** Backups: the whole database on the operator's own disk. Only the server's composition may import this face. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { readArchive } from './archive/read-archive.ts';
import { type Archive, writeArchive } from './archive/write-archive.ts';
import { SESSION } from './connections.ts';
import { type DatabaseOptions, insideOf, openDatabase } from './database.ts';
import { targetOf } from './embedded/make-logins.ts';
import { asStoreError, StoreError } from './error.ts';
import { VALUE_TYPES } from './values.ts';

export type { Archive, ArchivedTable } from './archive/write-archive.ts';

/** The port of the embedded PostgreSQL that runs on a folder: line 4 of the file in which it says so. */
function runningPort(dataDir: string): number {
  const lines = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return Number(lines[3]);
}

async function asOwner<T>(options: DatabaseOptions, work: (client: Client) => Promise<T>): Promise<T> {
  const target =
    'urls' in options
      ? { connectionString: options.urls.owner }
      : targetOf(options.dataDir, 'owner', runningPort(options.dataDir));
  const client = new Client({ ...target, types: VALUE_TYPES, options: SESSION });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Keeps all that a database holds in a folder, while it is in use or not.
 *
 * @throws StoreError
 */
export async function saveDatabase(options: DatabaseOptions, folder: string): Promise<Archive> {
  try {
    if ('urls' in options) return await asOwner(options, (client) => writeArchive(client, folder));
    let database: Awaited<ReturnType<typeof openDatabase>> | undefined;
    try {
      database = await openDatabase(options);
    } catch (error) {
      // A node runs on it: it is asked beside the node.
      if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    }
    try {
      return await asOwner(options, (client) => writeArchive(client, folder));
    } finally {
      await database?.close();
    }
  } catch (error) {
    throw asStoreError(error);
  }
}

/**
 * Makes a database anew from what was kept; there must be nothing in it yet.
 *
 * @throws StoreError `archive` where that cannot be
 */
export async function loadDatabase(
  options: DatabaseOptions,
  archive: Archive,
  folder: string,
): Promise<void> {
  const database = await openDatabase(options);
  try {
    const { connections, partitions } = insideOf(database);
    const client = await connections.owner.connect();
    try {
      await readArchive(client, partitions, archive, folder);
    } finally {
      client.release();
    }
  } catch (error) {
    throw asStoreError(error);
  } finally {
    await database.close();
  }
}
