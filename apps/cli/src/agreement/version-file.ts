import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readAgreement, type Terms } from '@concord/agreement';
import type { VersionText } from '@concord/authority';
import type { Policies } from '@concord/label';
import { UsageError } from '../verb.ts';
import { readText } from './files.ts';

/** A version as its file and the files beside it have it: what is signed and what is handed in. */
export async function readVersion(
  path: string,
  policies: Policies | undefined,
): Promise<{ readonly terms: Terms; readonly of: VersionText }> {
  const text = await readText(path);
  const files: Record<string, string> = {};
  const file = (name: string): string | undefined => {
    try {
      files[name] = readFileSync(join(dirname(path), name), 'utf8');
      return files[name];
    } catch {
      return undefined;
    }
  };
  const { terms, findings } = readAgreement(text, { file, ...(policies && { policies }) });
  if (!terms)
    throw new UsageError(
      findings.map((one) => `${path}:${one.line}:${one.column} ${one.code}: ${one.message}`).join('\n'),
    );
  return { terms, of: { agreement: terms.id, version: terms.version, text, files } };
}
