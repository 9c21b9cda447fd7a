import type { PartyId } from '@concord/label';
import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  importJWK,
  type JWK,
} from 'jose';
import { AuthorityError } from '../error.ts';

/** A party's public keys, Ed25519 as JWKs; several while one takes over from another. */
export type PartyKeys = ReadonlyMap<PartyId, readonly JWK[]>;

/** A public key of a party as it stands in a configuration. `bad-key` where it is none, or a private one. */
export function readPublicKey(value: unknown): JWK {
  const { kty, crv, x, d, kid } = (value ?? {}) as Record<string, unknown>;
  if (d !== undefined) throw new AuthorityError('bad-key', 'this is a private key: it stays with its party');
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(x))
    throw new AuthorityError(
      'bad-key',
      'a key of a party is an Ed25519 JWK: {"kty":"OKP","crv":"Ed25519","x":…}',
    );
  return { kty, crv, x, ...(typeof kid === 'string' && { kid }) };
}

/** Signs as a party; offline, on the party's own side. */
export async function signStatement(typ: string, payload: string, key: JWK): Promise<string> {
  if (key.kty !== 'OKP' || key.crv !== 'Ed25519' || typeof key.d !== 'string')
    throw new AuthorityError('bad-key', 'signing takes a private Ed25519 JWK, with d');
  const kid = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x: key.x ?? '' });
  return await new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: 'EdDSA', typ, kid })
    .sign(await importJWK(key, 'EdDSA'));
}

/** What a statement of one of these keys says. @throws AuthorityError `bad-signature` */
export async function openStatement(typ: string, jws: string, keys: readonly JWK[]): Promise<string> {
  const refused = (why: string) => new AuthorityError('bad-signature', why);
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(jws);
  } catch {
    throw refused('this is no JWS in its compact form');
  }
  // A type of its own (RFC 8725, 3.11): a signature under one statement must never pass for another.
  if (header.typ !== typ) throw refused(`the type of this signature is not ${typ}`);
  for (const key of keys) {
    try {
      const { payload } = await compactVerify(jws, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA'] });
      return new TextDecoder('utf-8', { fatal: true }).decode(payload);
    } catch {
      // Another key of the party may have made it.
    }
  }
  throw refused('no key of the party has made this signature');
}
