import { type Kept, readConfig } from '@concord/server';
import { dataFolder } from './data-folder.ts';
import { UsageError } from './verb.ts';

export const KEPT_HELP = `  --config FILE  the node of this configuration, with its own database where it names one
  --data DIR     a data folder with its embedded database; default $CONCORD_DATA, then the demonstration's`;

/** The node that an operator means, by its configuration or its data folder. */
export function keptOf(values: { config?: string | undefined; data?: string | undefined }): Kept {
  if (values.config === undefined) return { dataDir: dataFolder(values.data) };
  if (values.data !== undefined) throw new UsageError('--config or --data, not both');
  return readConfig(values.config, process.env);
}
