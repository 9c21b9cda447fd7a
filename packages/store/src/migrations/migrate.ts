import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { StoreError } from '../error.ts';
import type { Schema } from '../schema.ts';
import { first } from './0001-first.ts';
import { authority } from './0002-authority.ts';
import { recall } from './0003-recall.ts';
import type { Roles } from './roles.ts';

/** Brings the schema up to this version, all or nothing. A schema of a newer version is left alone (`schema`). */
export async function migrate(owner: Kysely<Schema>, roles: Roles): Promise<void> {
  const migrator = new Migrator({
    db: owner,
    provider: {
      getMigrations: async () => ({
        '0001-first': first(roles),
        '0002-authority': authority(roles),
        '0003-recall': recall(roles),
      }),
    },
    migrationTableSchema: 'concord',
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StoreError('schema', `the schema cannot be brought up to date: ${message}`, { cause: error });
  }
}
