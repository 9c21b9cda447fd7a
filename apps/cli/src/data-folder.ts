import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the node's data: as told, else `$CONCORD_DATA`, else that of the demonstration in this checkout. */
export function dataFolder(told: string | undefined): string {
  const given = told ?? process.env['CONCORD_DATA'];
  return given ? resolve(given) : fileURLToPath(new URL('../../../.data/demo', import.meta.url));
}
