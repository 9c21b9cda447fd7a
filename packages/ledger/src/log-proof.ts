import { fromBase64, textOf, toBase64, utf8 } from './bytes.ts';
import { openCheckpoint, parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { LedgerError } from './error.ts';
import { LogReader, type ReadResource } from './log-reader.ts';
import { HASH_SIZE, leafHash } from './merkle.ts';
import type { VerifiedSignature } from './note.ts';
import type { VerifierKey } from './note-key.ts';
import { isSize, verifyInclusion } from './proof.ts';

/** That an entry is in a log: its index, the path to the root, and the signed checkpoint (C2SP tlog-proof). */
export type LogProof = {
  readonly index: number;
  readonly path: readonly Uint8Array[];
  /** The checkpoint's bytes, as the log served them. */
  readonly checkpoint: Uint8Array;
};

const HEAD = 'c2sp.org/tlog-proof@v1';
const bad = (why: string): LedgerError => new LedgerError('proof-syntax', why);

/** A proof as text, to be kept beside the entry and checked offline. */
export function formatProof({ index, path, checkpoint }: LogProof): Uint8Array {
  const text = textOf(checkpoint);
  if (text === undefined || !isSize(index)) throw bad('a proof has an index and a checkpoint');
  return utf8(`${[HEAD, `index ${index}`, ...path.map(toBase64)].join('\n')}\n\n${text}`);
}

/** Reads a proof's text; `proof-syntax` says what is wrong. Extra data is passed over, since nobody signs it. */
export function parseProof(bytes: Uint8Array): LogProof {
  const text = textOf(bytes);
  const gap = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || gap < 0) throw bad('a proof is text with a checkpoint under an empty line');
  const [head, ...lines] = text.slice(0, gap).split('\n');
  if (head !== HEAD) throw bad(`the first line is not ${HEAD}`);
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const digits = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '')?.[1];
  if (digits === undefined || !isSize(Number(digits))) throw bad('no line with the index');
  const path = lines.map((line, i) => {
    try {
      const hash = fromBase64(line);
      if (hash.length === HASH_SIZE) return hash;
    } catch {
      // Reported with its line below, as a hash of the wrong length is.
    }
    throw bad(`hash ${i + 1} is not Base 64 of ${HASH_SIZE} bytes`);
  });
  return { index: Number(digits), path, checkpoint: utf8(text.slice(gap + 2)) };
}

/** Proves entry `index` of a log from its tiles, under its current checkpoint, and hands out the entry with it. */
export async function prove(
  read: ReadResource,
  index: number,
): Promise<{ entry: Uint8Array; proof: LogProof }> {
  const bytes = await read('checkpoint');
  if (bytes === undefined) throw new LedgerError('tile-missing', 'checkpoint');
  const log = new LogReader(read, parseCheckpoint(bytes).size);
  const [entry, path] = await Promise.all([log.entry(index), log.inclusionProof(index)]);
  return { entry, proof: { index, path, checkpoint: bytes } };
}

/**
 * Checks that `entry` is in the log whose key signed the proof's checkpoint, offline. `checkpoint-unsigned`,
 * `signature-invalid` or `proof-invalid` where it is not.
 */
export async function verifyProof(
  entry: Uint8Array,
  proof: LogProof,
  keys: readonly VerifierKey[],
): Promise<{ checkpoint: SignedCheckpoint; signedBy: readonly VerifiedSignature[] }> {
  const opened = await openCheckpoint(proof.checkpoint, keys);
  const { size, root } = opened.checkpoint;
  if (!verifyInclusion({ index: proof.index, size, leaf: leafHash(entry), path: proof.path, root }))
    throw new LedgerError(
      'proof-invalid',
      `the path does not lead from this entry to the root of ${size} leaves`,
    );
  return opened;
}
