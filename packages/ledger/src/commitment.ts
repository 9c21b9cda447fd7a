import { concat, toBase64Url, utf8 } from './bytes.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import { LedgerError } from './error.ts';
import { HASH_SIZE } from './merkle.ts';
import { sha256 } from './sha256.ts';

declare const brand: unique symbol;

/** 32 bytes as 43 characters of unpadded base64url. */
export type Digest = string & { readonly [brand]: 'Digest' };

/** Length of a salt, in bytes; each receipt gets a fresh random one from its writer. */
export const SALT_SIZE = 16;

/** The text of a 32-byte hash as receipts carry it. */
export function digestText(hash: Uint8Array): Digest {
  if (hash.length !== HASH_SIZE) throw new LedgerError('digest', `a digest has ${HASH_SIZE} bytes`);
  return toBase64Url(hash) as Digest;
}

/** Whether a text is a digest in its only form: the last character carries four bits, its stray two are zero. */
export const isDigest = (text: string): text is Digest => /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(text);

function checkSalt(salt: Uint8Array): Uint8Array {
  if (salt.length !== SALT_SIZE) throw new LedgerError('value', `a salt has ${SALT_SIZE} bytes`);
  return salt;
}

const commitmentDomain = utf8('concord-commitment/v1\n');

/**
 * Binds its maker to a value and shows nothing of it: `SHA-256("concord-commitment/v1\n" || salt || canonical JSON)`.
 */
export const commit = (salt: Uint8Array, value: Json): Digest =>
  digestText(sha256(concat(commitmentDomain, checkSalt(salt), utf8(canonicalJson(value)))));

/** Whether `digest` is the commitment to this value under this salt. */
export const openCommitment = (salt: Uint8Array, value: Json, digest: Digest): boolean =>
  commit(salt, value) === digest;

/**
 * A salt for one purpose out of a receipt's salt, so that one field can be opened to a reader who must not be able
 * to guess the others: `SHA-256("concord-salt/v1\n" || purpose || "\n" || salt)[:16]`.
 */
export const deriveSalt = (salt: Uint8Array, purpose: string): Uint8Array =>
  sha256(concat(utf8(`concord-salt/v1\n${purpose}\n`), checkSalt(salt))).slice(0, SALT_SIZE);
