import { restore, ServerError } from '@concord/server';
import { KEPT_HELP, keptOf } from '../kept.ts';
import { options, print, say, UsageError } from '../verb.ts';

export const usage = `restore DIR [--config FILE | --data DIR]

Makes a node's data anew from a backup, where there are none yet. Prints {restored, at, tables, rows, logs}. Sessions and
tokens of before are void. What was revoked, suspended or recalled after the backup was made is not in it: it is to be
done again before the node serves anybody. A database that is older than its logs is not started on at all.

${KEPT_HELP}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, { config: { type: 'string' }, data: { type: 'string' } });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError('restore takes one folder');
  const kept = keptOf(values);
  try {
    const { at, database, logs } = await restore(kept, folder);
    const rows = database.tables.reduce((sum, one) => sum + one.rows, 0);
    await print({ restored: kept.dataDir, at, tables: database.tables.length, rows, logs });
    say(`concord: as of ${at}; what was revoked since then is to be revoked again`);
    return 0;
  } catch (cause) {
    if (cause instanceof ServerError && cause.code === 'bad-backup') throw new UsageError(cause.message);
    throw cause;
  }
}
