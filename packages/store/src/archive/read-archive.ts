import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type ClientBase, escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { StoreError } from '../error.ts';
import type { Partitions } from '../migrations/partitions.ts';
import { migrationsOf, tablesOf } from './tables.ts';
import type { Archive, ArchivedTable } from './write-archive.ts';

const refuse = (why: string): never => {
  throw new StoreError('archive', why);
};

async function readTable(client: ClientBase, archived: ArchivedTable, folder: string): Promise<void> {
  const { name, columns, file, rows, sha256 } = archived;
  const list = columns.map(escapeIdentifier).join(', ');
  const copy = client.query(copyFrom(`copy concord.${escapeIdentifier(name)} (${list}) from stdin`));
  const hash = createHash('sha256');
  const hashed = new PassThrough();
  hashed.on('data', (data: Buffer) => hash.update(data));
  await pipeline(createReadStream(join(folder, file)), hashed, createGunzip(), copy);
  if (hash.digest('hex') !== sha256) refuse(`${file} is not the file that was written`);
  if (copy.rowCount !== rows) refuse(`${file} has ${copy.rowCount} rows, not ${rows}`);
}

/**
 * Fills an empty database of the same version with an archive, all or nothing.
 *
 * @throws StoreError `archive` where it is of another version, damaged, or the database is not empty
 */
export async function readArchive(
  client: ClientBase,
  partitions: Partitions,
  archive: Archive,
  folder: string,
): Promise<void> {
  const migrations = await migrationsOf(client);
  if (JSON.stringify(migrations) !== JSON.stringify(archive.migrations)) {
    refuse(`it is of schema ${archive.migrations.at(-1)}, and this version has ${migrations.at(-1)}`);
  }
  for (const day of archive.days) await partitions.ensure(day);
  await client.query('begin');
  try {
    const tables = await tablesOf(client);
    for (const { name } of tables) {
      const { rowCount } = await client.query(`select 1 from concord.${escapeIdentifier(name)} limit 1`);
      if (rowCount !== 0) refuse(`the database is in use: there is something in ${name}`);
    }
    for (const table of tables) {
      const { name, identity } = table;
      const archived = archive.tables.find((one) => one.name === name) ?? refuse(`${name} is not in it`);
      await readTable(client, archived, folder);
      if (identity === undefined) continue;
      const [relation, column] = [`concord.${escapeIdentifier(name)}`, escapeIdentifier(identity)];
      await client.query(
        `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${column}), 0) + 1, false) from ${relation}`,
        [relation, identity],
      );
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
