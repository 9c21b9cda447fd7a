import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateNodeKey, newSecret } from '@concord/identity';
import { parseCheckpoint } from '@concord/ledger';
import { type Archive, loadDatabase, saveDatabase } from '@concord/store/archive';
import type { NodeConfig } from './config.ts';
import { ServerError } from './error.ts';
import { existingSecrets, writeSecrets } from './node-secrets.ts';

/** Where a node keeps what it knows. */
export type Kept = Pick<NodeConfig, 'dataDir' | 'database'>;

/** What a backup says of itself; written last, so that one without it is known not to be whole. */
export interface BackupNote {
  readonly format: 1;
  /** ISO 8601, UTC: when it was begun. */
  readonly at: string;
  readonly database: Archive;
  readonly logs: readonly { readonly log: string; readonly size: number; readonly root: string }[];
}

const NOTE = 'backup.json';
const refuse = (why: string): never => {
  throw new ServerError('bad-backup', why);
};

const databaseOf = ({ dataDir, database }: Kept) =>
  database ? { urls: database } : { dataDir: join(dataDir, 'database') };

/** Copies a log as its checkpoint has it: the checkpoint first, since tiles that it names stay for a while. */
async function copyLog(from: string, to: string): Promise<{ size: number; root: string } | undefined> {
  const checkpoint = await readFile(join(from, 'checkpoint')).catch(() => undefined);
  if (!checkpoint) return undefined;
  await mkdir(to, { recursive: true });
  await writeFile(join(to, 'checkpoint'), checkpoint);
  const filter = (path: string) => !path.endsWith('.new');
  await cp(join(from, 'tile'), join(to, 'tile'), { recursive: true, filter });
  const { size, root } = parseCheckpoint(checkpoint);
  return { size, root: Buffer.from(root).toString('base64') };
}

/**
 * Keeps a node's data in a new folder, while the node runs or not: the logs first and then the database, which is so
 * never behind them. The folder holds secrets: only this account may read it.
 *
 * @throws ServerError `bad-backup`, StoreError
 */
export async function backup(kept: Kept, folder: string, now: number): Promise<BackupNote> {
  if (existsSync(folder)) refuse(`${folder} is there already`);
  const secrets = existingSecrets(kept.dataDir);
  if (!secrets) return refuse(`${kept.dataDir} holds no node's data that this account may read`);
  await mkdir(join(folder, 'database'), { recursive: true, mode: 0o700 });
  const logs: BackupNote['logs'][number][] = [];
  const ledger = join(kept.dataDir, 'ledger');
  for (const log of existsSync(ledger) ? (await readdir(ledger)).sort() : []) {
    const copied = await copyLog(join(ledger, log), join(folder, 'ledger', log));
    if (copied) logs.push({ log, ...copied });
  }
  const database = await saveDatabase(databaseOf(kept), join(folder, 'database'));
  writeSecrets(folder, secrets);
  const note: BackupNote = { format: 1, at: new Date(now).toISOString(), database, logs };
  await writeFile(join(folder, `${NOTE}.new`), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
  await rename(join(folder, `${NOTE}.new`), join(folder, NOTE));
  return note;
}

/**
 * Makes a node's data anew from a backup, where there are none yet. Sessions and tokens of before are void: everybody
 * signs in again.
 *
 * @throws ServerError `bad-backup`, StoreError `archive`
 */
export async function restore(kept: Kept, folder: string): Promise<BackupNote> {
  const text = await readFile(join(folder, NOTE), 'utf8').catch(() =>
    refuse(`${folder} is no backup, or one that was not finished`),
  );
  const note = JSON.parse(text) as BackupNote;
  if (note.format !== 1) refuse(`${folder} is of a newer format`);
  const secrets = existingSecrets(folder) ?? refuse(`${folder} lacks its secrets`);
  if (existingSecrets(kept.dataDir) || existsSync(join(kept.dataDir, 'ledger')))
    refuse(`${kept.dataDir} holds a node's data already`);
  await mkdir(kept.dataDir, { recursive: true, mode: 0o711 });
  await loadDatabase(databaseOf(kept), note.database, join(folder, 'database'));
  if (existsSync(join(folder, 'ledger')))
    await cp(join(folder, 'ledger'), join(kept.dataDir, 'ledger'), { recursive: true });
  // The identity of the node and of its logs stays; whatever was handed out to sign in with does not.
  writeSecrets(kept.dataDir, {
    ...secrets,
    tokenKey: await generateNodeKey('EdDSA'),
    cookieKeys: [newSecret()],
  });
  return note;
}
