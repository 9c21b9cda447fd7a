import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { IdentityError } from './error.ts';

/** What the node's keys are for: ES256 signs ID tokens of the embedded issuer, EdDSA bearer tokens. */
export type KeyAlgorithm = 'EdDSA' | 'ES256';

/** A new private key as a JWK, with its RFC 7638 thumbprint as `kid`. Keep it in a file only the node can read. */
export async function generateNodeKey(alg: KeyAlgorithm): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, alg, use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}

/** A key pair that signs and verifies here. */
export type NodeKey = {
  readonly alg: KeyAlgorithm;
  readonly kid: string;
  readonly privateKey: CryptoKeyLike;
  readonly publicKey: CryptoKeyLike;
};
type CryptoKeyLike = Exclude<Awaited<ReturnType<typeof importJWK>>, Uint8Array>;

/** Reads a private Ed25519 or P-256 JWK; `configuration` for anything else. */
export async function importNodeKey(jwk: JWK): Promise<NodeKey> {
  const alg = jwk.crv === 'Ed25519' ? 'EdDSA' : jwk.crv === 'P-256' ? 'ES256' : undefined;
  if (alg === undefined || jwk.d === undefined)
    throw new IdentityError('configuration', 'a node key is a private Ed25519 or P-256 JWK');
  try {
    const { d: _secret, ...publicJwk } = jwk;
    const kid = jwk.kid ?? (await calculateJwkThumbprint(publicJwk));
    const privateKey = await importJWK(jwk, alg);
    const publicKey = await importJWK(publicJwk, alg);
    if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array)
      throw new IdentityError('configuration', 'a node key is not symmetric');
    return { alg, kid, privateKey, publicKey };
  } catch (cause) {
    throw new IdentityError('configuration', 'the node key cannot be read', { cause });
  }
}
