import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The logins of the embedded database, beside the superuser, who only makes them. */
export const LOGINS = ['owner', 'writer', 'policy', 'reader'] as const;
export type Login = (typeof LOGINS)[number];

/** A random secret for a login, made at its first use and kept in a file that only this account may read. */
export function secretOf(folder: string, login: Login | 'superuser'): string {
  const path = join(folder, 'secrets', login);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(join(folder, 'secrets'), { recursive: true, mode: 0o700 });
  const secret = randomBytes(24).toString('base64url');
  writeFileSync(path, secret, { flag: 'wx', mode: 0o600 });
  return secret;
}
