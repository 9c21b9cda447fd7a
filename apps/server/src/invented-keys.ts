import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAgreement } from '@concord/agreement';
import { type PartyKeys, readPublicKey, signAgreement } from '@concord/authority';
import type { PartyId, Policies } from '@concord/label';
import type { AgreementFile } from './config.ts';

/** The private key of an invented party. A real party keeps its own on its own side, and no node ever has it. */
export type PartyKey = Parameters<typeof signAgreement>[2];

/** Keys of invented parties, kept in a folder of the demonstration so that they are the same at the next start. */
export function inventedKeys(dataDir: string, parties: readonly PartyId[]): Map<PartyId, PartyKey> {
  const folder = join(dataDir, 'party-keys');
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return new Map(
    parties.map((party) => {
      const path = join(folder, `${party}.jwk`);
      if (!existsSync(path)) {
        const { privateKey } = generateKeyPairSync('ed25519');
        writeFileSync(path, `${JSON.stringify(privateKey.export({ format: 'jwk' }))}\n`, { mode: 0o600 });
      }
      return [party, JSON.parse(readFileSync(path, 'utf8')) as PartyKey];
    }),
  );
}

export const publicKeys = (keys: ReadonlyMap<PartyId, PartyKey>): PartyKeys =>
  new Map([...keys].map(([party, { d: _, ...key }]) => [party, [readPublicKey(key)]]));

/** The agreement as its invented parties have signed it. */
export async function signedByAll(
  agreement: Pick<AgreementFile, 'text' | 'file'>,
  policies: Policies,
  keys: ReadonlyMap<PartyId, PartyKey>,
): Promise<Pick<AgreementFile, 'text' | 'file' | 'signatures'>> {
  const files: Record<string, string> = {};
  const file = (path: string) => {
    const text = agreement.file(path);
    if (text !== undefined) files[path] = text;
    return text;
  };
  const { terms } = readAgreement(agreement.text, { file, policies });
  if (!terms) return { ...agreement, signatures: [] };
  const of = { agreement: terms.id, version: terms.version, text: agreement.text, files };
  const signatures = await Promise.all(
    terms.parties.flatMap(({ id: party }) => {
      const key = keys.get(party);
      return key ? [signAgreement(of, party, key).then((jws) => ({ party, jws }))] : [];
    }),
  );
  return { ...agreement, signatures };
}
