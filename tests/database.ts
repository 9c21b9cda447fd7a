import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@concord/store';

export interface TestDatabase extends AsyncDisposable {
  readonly database: Database;
  readonly dataDir: string;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** A fresh embedded database in a folder of its own, for one test file: `before` starts it, `after` stops it. */
export async function testDatabase(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'concord-test-'));
  // As root the database runs under another account, which must be let through.
  chmodSync(dataDir, 0o711);
  const database = await openDatabase({ dataDir });
  const stop = async (): Promise<void> => {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { database, dataDir, stop, [Symbol.asyncDispose]: stop };
}
