import { createHash, timingSafeEqual } from 'node:crypto';

/** What a client asks of a caster. */
export interface CasterRequest {
  readonly version: 1 | 2;
  /** Empty: the source table. */
  readonly mount: string;
  readonly authorization: string | undefined;
}

/** The longest head of a request that is read. */
export const MAX_REQUEST = 8192;

/** Reads a request's head; undefined where it is none that a caster answers. */
export function readCasterRequest(head: string): CasterRequest | undefined {
  const lines = head.split(/\r?\n/);
  const path = /^GET \/([^\s?#]*) HTTP\/1\.[01]$/.exec(lines[0] ?? '')?.[1];
  if (path === undefined) return undefined;
  const headers = new Map<string, string>();
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const version = /^ntrip\/2\.0$/i.test(headers.get('ntrip-version') ?? '') ? 2 : 1;
  return { version, mount: path, authorization: headers.get('authorization') };
}

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Whether an `Authorization` header carries these credentials (RFC 7617); takes the same time for any wrong one. */
export function authorises(header: string | undefined, { user, password }: Credentials): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const given = /^basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(
    digest(Buffer.from(given, 'base64').toString('utf8')),
    digest(`${user}:${password}`),
  );
}
