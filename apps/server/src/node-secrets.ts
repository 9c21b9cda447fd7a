import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateNodeKey, newSecret } from '@concord/identity';

type Jwk = Awaited<ReturnType<typeof generateNodeKey>>;

/** What a node keeps to itself, in one file that only its account can read. */
export interface NodeSecrets {
  /** Seals cursors and identifiers; 32 bytes, base64. */
  readonly sealing: string;
  readonly tokenKey: Jwk;
  readonly issuerKey: Jwk;
  readonly cookieKeys: readonly string[];
  /** Seed of the Ed25519 key that signs the checkpoints of the logs; 32 bytes, base64. */
  readonly noteSeed: string;
}

const FILE = 'node-secrets.json';

/** Reads the secrets of a data folder, or makes them on first use. */
export async function nodeSecrets(dataDir: string): Promise<NodeSecrets> {
  const path = join(dataDir, FILE);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as NodeSecrets;
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const secrets: NodeSecrets = {
    sealing: randomBytes(32).toString('base64'),
    tokenKey: await generateNodeKey('EdDSA'),
    issuerKey: await generateNodeKey('ES256'),
    cookieKeys: [newSecret()],
    noteSeed: randomBytes(32).toString('base64'),
  };
  writeSecrets(dataDir, secrets);
  return secrets;
}

/** Writes them whole or not at all: a start that is cut off must not leave half a file. */
export function writeSecrets(dataDir: string, secrets: NodeSecrets): void {
  const path = join(dataDir, FILE);
  writeFileSync(`${path}.new`, JSON.stringify(secrets), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** The secrets of a node that has been started before; undefined where it was not, or is another account's. */
export function existingSecrets(dataDir: string): NodeSecrets | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as NodeSecrets;
  } catch {
    return undefined;
  }
}
