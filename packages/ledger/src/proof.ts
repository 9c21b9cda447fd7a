import { equalBytes } from './bytes.ts';
import { LedgerError } from './error.ts';
import { CompactRange, HASH_SIZE, nodeHash } from './merkle.ts';

/** The largest power of two below n, for n > 1. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** A stretch of leaves `[from, to)` that is a node of the tree or folds into one. */
export type Span = readonly [from: number, to: number];

/** A natural number that can be a tree's size; arithmetic here is exact up to 2^53 - 1. */
export const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

/** The subtrees whose roots prove that leaf `index` is in a tree of `size`, leaf's sibling first (RFC 6962, 2.1.1). */
export function inclusionSpans(index: number, size: number): Span[] {
  if (!isSize(index) || !isSize(size) || index >= size)
    throw new LedgerError('index', `no leaf ${index} in a tree of ${size}`);
  const spans: Span[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (index < middle) {
      spans.push([middle, to]);
      to = middle;
    } else {
      spans.push([from, middle]);
      from = middle;
    }
  }
  return spans.reverse();
}

/** The subtrees whose roots prove that a tree of `older` leaves is a prefix of one of `newer` (RFC 6962, 2.1.2). */
export function consistencySpans(older: number, newer: number): Span[] {
  if (!isSize(older) || !isSize(newer) || older > newer)
    throw new LedgerError('index', `a tree of ${older} is no prefix of one of ${newer}`);
  if (older === 0 || older === newer) return [];
  const spans: Span[] = [];
  let from = 0;
  let to = newer;
  // While the old tree's edge runs inside this node, step down; what is passed by joins the proof.
  while (older !== to) {
    const middle = from + split(to - from);
    if (older <= middle) {
      spans.push([middle, to]);
      to = middle;
    } else {
      spans.push([from, middle]);
      from = middle;
    }
  }
  // A verifier has the old root already where the old tree is itself a complete node on the left edge.
  if (from !== 0) spans.push([from, to]);
  return spans.reverse();
}

const rootOfSpan = (leaves: readonly Uint8Array[], [from, to]: Span): Uint8Array => {
  const range = new CompactRange();
  for (let i = from; i < to; i += 1) range.append(leaves[i]!);
  return range.root();
};

/** Inclusion proof over leaf hashes held in memory. */
export const inclusionProof = (leaves: readonly Uint8Array[], index: number): Uint8Array[] =>
  inclusionSpans(index, leaves.length).map((span) => rootOfSpan(leaves, span));

/** Consistency proof between the first `older` leaves and all of them, over leaf hashes held in memory. */
export const consistencyProof = (leaves: readonly Uint8Array[], older: number): Uint8Array[] =>
  consistencySpans(older, leaves.length).map((span) => rootOfSpan(leaves, span));

const hashes = (path: readonly Uint8Array[]): boolean => path.every((hash) => hash.length === HASH_SIZE);

/** Whether `path` proves that `leaf` (a leaf hash) stands at `index` of the tree with this size and root. */
export function verifyInclusion(proof: {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly path: readonly Uint8Array[];
  readonly root: Uint8Array;
}): boolean {
  const { index, size, leaf, path, root } = proof;
  if (!isSize(index) || !isSize(size) || index >= size || leaf.length !== HASH_SIZE || !hashes(path))
    return false;
  const spans = inclusionSpans(index, size);
  if (path.length !== spans.length) return false;
  let hash = leaf;
  for (const [i, [from]] of spans.entries())
    hash = from > index ? nodeHash(hash, path[i]!) : nodeHash(path[i]!, hash);
  return equalBytes(hash, root);
}

/** Whether `path` proves that the tree of `older` leaves with `olderRoot` is a prefix of the newer one. */
export function verifyConsistency(proof: {
  readonly older: number;
  readonly newer: number;
  readonly path: readonly Uint8Array[];
  readonly olderRoot: Uint8Array;
  readonly newerRoot: Uint8Array;
}): boolean {
  const { older, newer, path, olderRoot, newerRoot } = proof;
  if (!isSize(older) || !isSize(newer) || older > newer || !hashes(path)) return false;
  if (older === newer) return path.length === 0 && equalBytes(olderRoot, newerRoot);
  // Every tree extends the empty one: nothing to prove, and nothing is accepted as proof.
  if (older === 0) return path.length === 0;
  const spans = consistencySpans(older, newer);
  if (path.length !== spans.length) return false;
  const known = spans[0];
  const seeded = known !== undefined && known[1] === older;
  let oldHash = seeded ? path[0]! : olderRoot;
  let newHash = oldHash;
  for (let i = seeded ? 1 : 0; i < spans.length; i += 1) {
    const [from] = spans[i]!;
    const sibling = path[i]!;
    if (from < older) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
    } else {
      newHash = nodeHash(newHash, sibling);
    }
  }
  return equalBytes(oldHash, olderRoot) && equalBytes(newHash, newerRoot);
}
