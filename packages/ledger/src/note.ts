import { concat, equalBytes, fromBase64, textOf, toBase64, utf8 } from './bytes.ts';
import { LedgerError } from './error.ts';
import { isKeyName, keyId, type NoteSigner, type VerifierKey, verifyEd25519 } from './note-key.ts';

/** One signature line: who (name and 4-byte key id) and the bytes that the signature type defines. */
export type NoteSignature = {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
};

/** Text ending in a newline, and the signatures under it (C2SP signed-note). */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** A signature of a known key that holds; `time` in POSIX seconds where the type carries one (cosignatures). */
export type VerifiedSignature = { readonly key: VerifierKey; readonly time?: number };

/** More signatures than this in one note are refused; signed-note asks for at least 16. */
export const MAX_SIGNATURES = 64;

/** ASCII control characters other than newline have no place in a note. */
const hasControls = (text: string): boolean => {
  for (const char of text) if (char < ' ' && char !== '\n') return true;
  return false;
};

const bad = (why: string): LedgerError => new LedgerError('note-syntax', why);

/** The bytes of a note; text and signatures must be there and well formed (`note-syntax`). */
export function formatNote(note: Note): Uint8Array {
  if (note.signatures.length === 0) throw bad('a note carries at least one signature');
  if (note.signatures.length > MAX_SIGNATURES) throw bad(`more than ${MAX_SIGNATURES} signatures`);
  if (!note.text.endsWith('\n') || hasControls(note.text) || !note.text.isWellFormed())
    throw bad('the text ends in a newline and has no other control characters');
  let bytes = `${note.text}\n`;
  for (const { name, keyId: id, signature } of note.signatures) {
    if (!isKeyName(name) || id.length !== 4) throw bad('a signature has a name and a key id of 4 bytes');
    bytes += `\u2014 ${name} ${toBase64(concat(id, signature))}\n`;
  }
  return utf8(bytes);
}

/** Reads a signed note; `note-syntax` says what is wrong. The text counts for nothing until a signature is verified. */
export function parseNote(bytes: Uint8Array): Note {
  const whole = textOf(bytes);
  if (whole === undefined) throw bad('not well-formed UTF-8');
  if (hasControls(whole)) throw bad('control characters');
  const gap = whole.lastIndexOf('\n\n');
  if (gap < 0 || !whole.endsWith('\n') || gap + 2 >= whole.length)
    throw bad('no signatures under an empty line');
  const lines = whole.slice(gap + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw bad(`more than ${MAX_SIGNATURES} signatures`);
  return { text: whole.slice(0, gap + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string, at: number): NoteSignature {
  const [, name, base64] = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line) ?? [];
  if (name === undefined || base64 === undefined || !isKeyName(name))
    throw bad(`signature ${at + 1} is not a dash, a name and Base 64`);
  let blob: Uint8Array;
  try {
    blob = fromBase64(base64);
  } catch (cause) {
    throw new LedgerError('note-syntax', `signature ${at + 1} is not Base 64`, { cause });
  }
  if (blob.length < 5) throw bad(`signature ${at + 1} is too short`);
  return { name, keyId: blob.subarray(0, 4), signature: blob.subarray(4) };
}

/** What a cosignature signs: the time in POSIX seconds and the note's text (C2SP tlog-cosignature). */
const cosigned = (text: string, seconds: bigint): Uint8Array =>
  utf8(`cosignature/v1\ntime ${seconds}\n${text}`);

/**
 * Signs a note's text. A signer of type `cosignature` needs `time`, in POSIX seconds; the other type has none.
 */
export async function signText(text: string, signer: NoteSigner, time?: number): Promise<NoteSignature> {
  const { key } = signer;
  const line = { name: key.name, keyId: keyId(key) };
  if (key.type === 'ed25519') return { ...line, signature: await signer.sign(utf8(text)) };
  if (time === undefined || !Number.isSafeInteger(time) || time < 0)
    throw new LedgerError('value', 'a cosignature needs its time in whole POSIX seconds');
  const stamp = new Uint8Array(8);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  return { ...line, signature: concat(stamp, await signer.sign(cosigned(text, BigInt(time)))) };
}

/**
 * The signatures of known keys, all of them verified. Signatures of other keys are passed over; one of a known key
 * that does not hold is `signature-invalid`, even beside good ones.
 */
export async function verifyNote(note: Note, keys: readonly VerifierKey[]): Promise<VerifiedSignature[]> {
  const verified: VerifiedSignature[] = [];
  for (const { name, keyId: id, signature } of note.signatures) {
    for (const key of keys) {
      if (key.name !== name || !equalBytes(keyId(key), id)) continue;
      const time = await checkSignature(note.text, signature, key);
      if (time === undefined)
        throw new LedgerError('signature-invalid', `the signature of ${name} does not hold`);
      if (!verified.some((other) => other.key === key))
        verified.push(time === 'none' ? { key } : { key, time });
    }
  }
  return verified;
}

/** The time of a signature that holds (`none` where its type has no time), or undefined. */
async function checkSignature(
  text: string,
  signature: Uint8Array,
  key: VerifierKey,
): Promise<number | 'none' | undefined> {
  if (key.type === 'ed25519') return (await verifyEd25519(key, utf8(text), signature)) ? 'none' : undefined;
  if (signature.length !== 72) return undefined;
  const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return (await verifyEd25519(key, cosigned(text, seconds), signature.subarray(8)))
    ? Number(seconds)
    : undefined;
}
