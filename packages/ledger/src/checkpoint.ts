import { fromBase64, toBase64 } from './bytes.ts';
import { LedgerError } from './error.ts';
import { HASH_SIZE } from './merkle.ts';
import {
  formatNote,
  type NoteSignature,
  parseNote,
  signText,
  type VerifiedSignature,
  verifyNote,
} from './note.ts';
import type { NoteSigner, VerifierKey } from './note-key.ts';
import { isSize } from './proof.ts';

/** A log's head: who it is, how many leaves it has and their Merkle root (C2SP tlog-checkpoint). */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Opaque further lines; auditors cannot check them, so this project writes none. */
  readonly extensions?: readonly string[];
};

/** A checkpoint as it came: with its signed text and its signatures. */
export type SignedCheckpoint = Checkpoint & {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

const bad = (why: string): LedgerError => new LedgerError('checkpoint-syntax', why);

/** The text that is signed: origin, size and root in a line each. */
export function checkpointText({ origin, size, root, extensions = [] }: Checkpoint): string {
  if (origin === '' || origin.includes('\n')) throw bad('the origin is one line');
  if (!isSize(size)) throw bad(`${size} is no size of a tree`);
  if (root.length !== HASH_SIZE) throw bad(`the root has ${HASH_SIZE} bytes`);
  if (extensions.some((line) => line === '' || line.includes('\n'))) throw bad('an extension is one line');
  return `${[origin, size, toBase64(root), ...extensions].join('\n')}\n`;
}

/** Reads a checkpoint's text; `checkpoint-syntax` says what is wrong. */
export function parseCheckpointText(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length < 3 || lines.includes(''))
    throw bad('a checkpoint has three or more lines, none of them empty');
  const [origin, digits, base64, ...extensions] = lines as [string, string, string, ...string[]];
  if (!/^(0|[1-9]\d*)$/.test(digits) || !isSize(Number(digits))) throw bad('the size is no decimal number');
  let root: Uint8Array;
  try {
    root = fromBase64(base64);
  } catch (cause) {
    throw new LedgerError('checkpoint-syntax', 'the root is not Base 64', { cause });
  }
  if (root.length !== HASH_SIZE) throw bad(`the root has ${root.length} bytes`);
  const head = { origin, size: Number(digits), root };
  return extensions.length === 0 ? head : { ...head, extensions };
}

/** Reads a signed checkpoint without checking its signatures; `note-syntax` or `checkpoint-syntax`. */
export function parseCheckpoint(bytes: Uint8Array): SignedCheckpoint {
  const { text, signatures } = parseNote(bytes);
  return { ...parseCheckpointText(text), text, signatures };
}

/** The bytes of a checkpoint signed by every signer; `time` (POSIX seconds) is for signers that cosign. */
export async function signCheckpoint(
  checkpoint: Checkpoint,
  signers: readonly NoteSigner[],
  time?: number,
): Promise<Uint8Array> {
  const text = checkpointText(checkpoint);
  return formatNote({ text, signatures: await Promise.all(signers.map((one) => signText(text, one, time))) });
}

/**
 * Adds a signature to a checkpoint. Whoever cosigns states that this head extends every earlier one it saw: check
 * consistency before.
 */
export async function cosignCheckpoint(
  bytes: Uint8Array,
  signer: NoteSigner,
  time: number,
): Promise<Uint8Array> {
  const { text, signatures } = parseCheckpoint(bytes);
  return formatNote({ text, signatures: [...signatures, await signText(text, signer, time)] });
}

/**
 * Reads a checkpoint that at least one of `keys` signed: `checkpoint-unsigned` where none did, `signature-invalid`
 * where a signature of one of them does not hold.
 */
export async function openCheckpoint(
  bytes: Uint8Array,
  keys: readonly VerifierKey[],
): Promise<{ checkpoint: SignedCheckpoint; signedBy: readonly VerifiedSignature[] }> {
  const checkpoint = parseCheckpoint(bytes);
  const signedBy = await verifyNote(checkpoint, keys);
  if (signedBy.length === 0) throw new LedgerError('checkpoint-unsigned', 'no signature of a known key');
  return { checkpoint, signedBy };
}
