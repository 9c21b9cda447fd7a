import { backup, ServerError } from '@concord/server';
import { KEPT_HELP, keptOf } from '../kept.ts';
import { options, print, UsageError } from '../verb.ts';

export const usage = `backup DIR [--config FILE | --data DIR]

Keeps all data of a node in a new folder DIR, while the node runs or not: database, logs of receipts, secrets. Prints
{backup, at, tables, rows, logs:[{log, size, root}]}. The folder holds secrets and everything else that is not for
everybody: keep it as you keep the node. The configuration and the texts that it names are not in it.

${KEPT_HELP}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, { config: { type: 'string' }, data: { type: 'string' } });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError('backup takes one folder');
  const kept = keptOf(values);
  try {
    const { at, database, logs } = await backup(kept, folder, Date.now());
    const rows = database.tables.reduce((sum, one) => sum + one.rows, 0);
    await print({ backup: folder, at, tables: database.tables.length, rows, logs });
    return 0;
  } catch (cause) {
    if (cause instanceof ServerError && cause.code === 'bad-backup') throw new UsageError(cause.message);
    throw cause;
  }
}
