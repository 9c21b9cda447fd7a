import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Recordings and catalogues with reference results live beside the checkout, in `../shared/data`, and are never
 * part of it. Tests that use them ask here and skip, saying so, where the folder is absent.
 */
export function sharedData(path: string): string | undefined {
  const root =
    process.env['CONCORD_SHARED_DATA'] ?? fileURLToPath(new URL('../../shared/data', import.meta.url));
  const file = `${root}/${path}`;
  return existsSync(file) ? file : undefined;
}
