import { concat, fromBase64, toBase64, toHex, utf8 } from './bytes.ts';
import { LedgerError } from './error.ts';
import { sha256 } from './sha256.ts';

/** Signature types of C2SP signed-note that are understood here: plain Ed25519 and the timestamped cosignature. */
export const SIGNATURE_TYPES = { ed25519: 1, cosignature: 4 } as const;
export type SignatureType = keyof typeof SIGNATURE_TYPES;

/** A key that signs notes: its name, its type and the 32 bytes of its Ed25519 public key (RFC 8032). */
export type VerifierKey = {
  readonly name: string;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
};

/** Makes signatures under a verifier key. */
export type NoteSigner = {
  readonly key: VerifierKey;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
};

const ED25519_BYTES = 32;
// PKCS #8 (RFC 5958, RFC 8410 section 7) around an Ed25519 seed: WebCrypto takes no bare one.
const PKCS8_HEAD = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

/** Whether a key name is one: not empty, no white space, no control character, no plus (signed-note, "Format"). */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}]+$/u.test(name) && name.isWellFormed();

/** The 4 bytes that stand for a key in a signature line, `SHA-256(name || 0x0A || type || public key)[:4]`. */
export function keyId({ name, type, publicKey }: VerifierKey): Uint8Array {
  const typeByte = Uint8Array.of(SIGNATURE_TYPES[type]);
  return sha256(concat(utf8(`${name}\n`), typeByte, publicKey)).slice(0, 4);
}

/** `name+hash+base64(type || key)`, the form in which verifiers are given a key. */
export function formatVerifierKey(key: VerifierKey): string {
  checkKey(key);
  const material = concat(Uint8Array.of(SIGNATURE_TYPES[key.type]), key.publicKey);
  return `${key.name}+${toHex(keyId(key))}+${toBase64(material)}`;
}

/** Reads `name+hash+base64(type || key)`; `key-syntax` where a part is wrong or the hash does not fit the key. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, hash, material] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  if (name === undefined || hash === undefined || material === undefined)
    throw new LedgerError('key-syntax', 'a verifier key is name+hash+base64');
  const bytes = fromBase64(material);
  const type = (Object.keys(SIGNATURE_TYPES) as SignatureType[]).find((t) => SIGNATURE_TYPES[t] === bytes[0]);
  if (type === undefined) throw new LedgerError('key-syntax', `signature type ${bytes[0]} is not known here`);
  const key = checkKey({ name, type, publicKey: bytes.subarray(1) });
  if (toHex(keyId(key)) !== hash) throw new LedgerError('key-syntax', 'the hash does not belong to this key');
  return key;
}

function checkKey(key: VerifierKey): VerifierKey {
  if (!isKeyName(key.name)) throw new LedgerError('key-syntax', 'a key name has no spaces and no plus');
  if (key.publicKey.length !== ED25519_BYTES)
    throw new LedgerError('key-syntax', `an Ed25519 key has ${ED25519_BYTES} bytes`);
  return key;
}

/** A signer from a secret Ed25519 seed of 32 random bytes (RFC 8032 section 5.1.5), which the caller keeps. */
export async function createNoteSigner(
  name: string,
  seed: Uint8Array,
  type: SignatureType = 'ed25519',
): Promise<NoteSigner> {
  if (seed.length !== ED25519_BYTES)
    throw new LedgerError('key-syntax', `an Ed25519 seed has ${ED25519_BYTES} bytes`);
  const secret = await crypto.subtle.importKey('pkcs8', owned(concat(PKCS8_HEAD, seed)), 'Ed25519', true, [
    'sign',
  ]);
  const { x } = await crypto.subtle.exportKey('jwk', secret);
  const standard = (x ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const key = checkKey({ name, type, publicKey: fromBase64(`${standard}=`) });
  return {
    key,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', secret, owned(message))),
  };
}

type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
const imported = new WeakMap<VerifierKey, Promise<ImportedKey>>();

/** Whether `signature` (64 bytes) is this key's Ed25519 signature of `message`. */
export async function verifyEd25519(
  key: VerifierKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  let verifier = imported.get(key);
  if (verifier === undefined) {
    verifier = crypto.subtle.importKey('raw', owned(key.publicKey), 'Ed25519', false, ['verify']);
    imported.set(key, verifier);
  }
  try {
    return await crypto.subtle.verify('Ed25519', await verifier, owned(signature), owned(message));
  } catch {
    return false;
  }
}

/** WebCrypto's types want bytes that are certainly not in shared memory. */
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
