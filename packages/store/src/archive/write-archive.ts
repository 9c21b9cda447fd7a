import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type ClientBase, escapeIdentifier } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { migrationsOf, partitionDays, type Table, tablesOf } from './tables.ts';

/** A table in an archive: a file of COPY text, compressed, of so many rows and with this digest. */
export interface ArchivedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly file: string;
  readonly rows: number;
  readonly sha256: string;
}

/** What an archive holds. */
export interface Archive {
  readonly migrations: readonly string[];
  /** Days that have a partition: days since 1970-01-01 UTC. */
  readonly days: readonly number[];
  readonly tables: readonly ArchivedTable[];
}

async function writeTable(client: ClientBase, table: Table, folder: string): Promise<ArchivedTable> {
  const { name, columns } = table;
  const list = columns.map(escapeIdentifier).join(', ');
  const copy = client.query(copyTo(`copy (select ${list} from concord.${escapeIdentifier(name)}) to stdout`));
  const file = `${name}.copy.gz`;
  const hash = createHash('sha256');
  const hashed = new PassThrough();
  hashed.on('data', (data: Buffer) => hash.update(data));
  await pipeline(
    copy,
    createGzip({ level: 6 }),
    hashed,
    createWriteStream(join(folder, file), { flags: 'wx', mode: 0o600 }),
  );
  return { name, columns, file, rows: copy.rowCount, sha256: hash.digest('hex') };
}

/**
 * Writes every table into a folder, as all of them were at one instant, beside whatever is going on: one transaction
 * that sees a snapshot (PostgreSQL's manual, "Repeatable Read"). Needs the owner's connection.
 */
export async function writeArchive(client: ClientBase, folder: string): Promise<Archive> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const migrations = await migrationsOf(client);
    const days = await partitionDays(client);
    const tables: ArchivedTable[] = [];
    for (const table of await tablesOf(client)) tables.push(await writeTable(client, table, folder));
    return { migrations, days, tables };
  } finally {
    await client.query('rollback');
  }
}
