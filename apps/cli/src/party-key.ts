import { readJson } from './agreement/files.ts';
import { UsageError } from './verb.ts';

/** A private Ed25519 key of a party, as it lies on that party's side. */
export interface PartyKey {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly d: string;
}

/** Reads the JWK of `--key`. */
export async function readPartyKey(path: string | undefined): Promise<PartyKey> {
  if (path === undefined) throw new UsageError('say with which key: --key KEY.jwk');
  const { kty, crv, x, d } = ((await readJson(path)) ?? {}) as Record<string, unknown>;
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || typeof d !== 'string')
    throw new UsageError(
      `${path}: no private Ed25519 key as a JWK ({"kty":"OKP","crv":"Ed25519","x":…,"d":…})`,
    );
  return { kty, crv, x, d };
}
