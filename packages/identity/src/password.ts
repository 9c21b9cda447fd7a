import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { IdentityError } from './error.ts';

// RFC 7914: 128 * N * r bytes of memory a hash, 32 MiB with these; about a tenth of a second on a small machine.
const COST = { N: 2 ** 15, r: 8, p: 1 };
const KEY_BYTES = 32;
/** Longer passwords are refused before they are hashed. */
const MAX_LENGTH = 1024;

function derive(password: string, salt: Buffer, { N, r, p }: typeof COST): Promise<Buffer> {
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** `$scrypt$N$r$p$salt$hash`, salt and hash as base64url. */
export async function hashPassword(password: string): Promise<string> {
  if (password === '' || password.length > MAX_LENGTH)
    throw new IdentityError('configuration', `a password has 1 to ${MAX_LENGTH} characters`);
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return `$scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

const form = /^\$scrypt\$(\d{4,7})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]{22,})\$([A-Za-z0-9_-]{43})$/;
const nobody = `$scrypt$${COST.N}$${COST.r}$${COST.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/**
 * Whether a password belongs to a hash. Without a hash (no such account) it answers false after the same work, so
 * that the time does not tell which accounts exist.
 */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, N, r, p, salt, key] = form.exec(hash ?? nobody) ?? [];
  if (salt === undefined || key === undefined)
    throw new IdentityError('configuration', 'a stored password is no scrypt hash');
  if (password === '' || password.length > MAX_LENGTH) return false;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(derived, Buffer.from(key, 'base64url')) && hash !== undefined;
}

// Neither vowels, which make words, nor what looks alike (0 O, 1 l I).
const ALPHABET = '23456789bcdfghjkmnpqrstvwxz';

/** A random password that can be read out and typed: four groups of four, 76 bits. */
export function newPassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
