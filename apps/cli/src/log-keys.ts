import { readFileSync } from 'node:fs';
import { createNoteSigner, LedgerError, parseVerifierKey, type VerifierKey } from '@concord/ledger';
import { UsageError } from './verb.ts';

/**
 * Verifier keys of a file, a line each: the log's own first, then those of cosigners.
 *
 * @throws UsageError
 */
export function keysOf(path: string): VerifierKey[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path}: ${(cause as NodeJS.ErrnoException).code ?? cause}`);
  }
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const keys = lines.flatMap((line, i) => {
    if (line === '' || line.startsWith('#')) return [];
    try {
      return [parseVerifierKey(line)];
    } catch (cause) {
      if (cause instanceof LedgerError) throw new UsageError(`${path}: line ${i + 1}: ${cause.message}`);
      throw cause;
    }
  });
  if (keys.length === 0) throw new UsageError(`${path}: there is no key in it; one is name+hash+base64`);
  return keys;
}

/** The key by which the node on a data folder signs the log of that name; undefined where it cannot be read. */
export async function nodeKey(dataDir: string, name: string): Promise<VerifierKey | undefined> {
  const { existingSecrets } = await import('@concord/server');
  const seed = existingSecrets(dataDir)?.noteSeed;
  return seed === undefined ? undefined : (await createNoteSigner(name, Buffer.from(seed, 'base64'))).key;
}
