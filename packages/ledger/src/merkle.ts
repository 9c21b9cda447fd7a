import { concat } from './bytes.ts';
import { LedgerError } from './error.ts';
import { sha256 } from './sha256.ts';

/** Length of every hash in the tree, in bytes. */
export const HASH_SIZE = 32;

/** The root of a tree without leaves: the hash of nothing (RFC 6962 section 2.1). */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0));

const leafPrefix = Uint8Array.of(0);
const pair = new Uint8Array(1 + 2 * HASH_SIZE);
pair[0] = 1;

/** Hash of a leaf, `SHA-256(0x00 || entry)` (RFC 6962 section 2.1). */
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(concat(leafPrefix, entry));

/** Hash of an inner node, `SHA-256(0x01 || left || right)` (RFC 6962 section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_SIZE || right.length !== HASH_SIZE)
    throw new LedgerError('digest', `a node joins two hashes of ${HASH_SIZE} bytes`);
  pair.set(left, 1);
  pair.set(right, 1 + HASH_SIZE);
  return sha256(pair);
}

/**
 * The right edge of a growing tree: the roots of its complete subtrees, at most one a level. Appending costs
 * two hashes on average and memory grows with the logarithm of the size.
 */
export class CompactRange {
  #size = 0;
  /** Level k holds the root of a complete subtree of 2^k leaves where bit k of the size is set. */
  readonly #levels: (Uint8Array | undefined)[] = [];

  get size(): number {
    return this.#size;
  }

  /**
   * Appends a leaf's hash, or with `level` the root of a complete subtree of 2^level leaves; its first index is the
   * size before, which must then be a multiple of 2^level (`index`).
   */
  append(root: Uint8Array, level = 0): void {
    const leaves = 2 ** level;
    if (this.#size % leaves !== 0)
      throw new LedgerError('index', `no complete subtree of ${leaves} leaves starts at ${this.#size}`);
    let node = root;
    let at = level;
    for (let left = this.#levels[at]; left !== undefined; left = this.#levels[at]) {
      node = nodeHash(left, node);
      this.#levels[at] = undefined;
      at += 1;
    }
    this.#levels[at] = node;
    this.#size += leaves;
  }

  /** A range of the same leaves that grows on its own. */
  clone(): CompactRange {
    const copy = new CompactRange();
    copy.#size = this.#size;
    copy.#levels.push(...this.#levels);
    return copy;
  }

  /** Merkle tree hash of all leaves so far. */
  root(): Uint8Array {
    let root: Uint8Array | undefined;
    for (const node of this.#levels)
      if (node !== undefined) root = root === undefined ? node : nodeHash(node, root);
    return root ?? EMPTY_ROOT;
  }
}

/** Merkle tree hash over leaf hashes held in memory; `EMPTY_ROOT` for none. */
export function merkleRoot(leaves: Iterable<Uint8Array>): Uint8Array {
  const range = new CompactRange();
  for (const leaf of leaves) range.append(leaf);
  return range.root();
}
