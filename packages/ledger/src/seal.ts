import { fromBase64Url, utf8 } from './bytes.ts';
import type { Json } from './canonical-json.ts';
import { commit, type Digest, deriveSalt, digestText, openCommitment } from './commitment.ts';
import { leafHash, merkleRoot } from './merkle.ts';
import { inclusionProof, verifyInclusion } from './proof.ts';
import type { FlushReceipt, ItemReceipt } from './receipt.ts';
import { sha256 } from './sha256.ts';

/** The digest of a released message: SHA-256 of its bytes, as they were handed to the socket. */
export const messageDigest = (message: Uint8Array): Uint8Array => sha256(message);

/**
 * Merkle root over released messages, in order, with a leaf derived from the salt in front of them: without the salt
 * nobody can test a guess at a message, and still one message can be proved alone.
 */
export function releasedRoot(salt: Uint8Array, digests: readonly Uint8Array[]): Digest {
  return digestText(merkleRoot(releasedLeaves(salt, digests)));
}

const releasedLeaves = (salt: Uint8Array, digests: readonly Uint8Array[]): Uint8Array[] => [
  leafHash(deriveSalt(salt, 'released')),
  ...digests.map(leafHash),
];

const recipientLeaf = (salt: Uint8Array, officer: string): Uint8Array =>
  leafHash(utf8(commit(salt, officer)));
const recipientSalt = (salt: Uint8Array, index: number): Uint8Array => deriveSalt(salt, `recipient ${index}`);
const recipientLeaves = (salt: Uint8Array, officers: readonly string[]): Uint8Array[] =>
  officers.map((officer, i) => recipientLeaf(recipientSalt(salt, i), officer));

/**
 * Merkle root over a group's recipients, each behind a salt of its own, so that each can be shown that it is listed
 * and learns nothing of the others. Costs four hashes an officer: compute it when the group changes, not per flush.
 */
export const recipientsRoot = (groupSalt: Uint8Array, officers: readonly string[]): Uint8Array =>
  merkleRoot(recipientLeaves(groupSalt, officers));

/** What a recipient is given to check that a flush or an item lists it. */
export type RecipientProof = {
  readonly index: number;
  readonly size: number;
  readonly salt: Uint8Array;
  readonly path: readonly Uint8Array[];
};

/** The proof for the officer at `index` of its group. */
export function proveRecipient(
  groupSalt: Uint8Array,
  officers: readonly string[],
  index: number,
): RecipientProof {
  const path = inclusionProof(recipientLeaves(groupSalt, officers), index);
  return { index, size: officers.length, salt: recipientSalt(groupSalt, index), path };
}

/** Whether `officer` is one of the recipients under this root. */
export const verifyRecipient = (officer: string, proof: RecipientProof, root: Uint8Array): boolean =>
  verifyInclusion({ ...proof, leaf: recipientLeaf(proof.salt, officer), root });

/** The committed fields of a flush; `range` is any JSON that names its ends (cursors, times). */
export function sealFlush(flush: {
  readonly salt: Uint8Array;
  readonly stream: string;
  readonly range: Json;
  readonly digests: readonly Uint8Array[];
  /** From `recipientsRoot`. */
  readonly recipients: Uint8Array;
}): Pick<FlushReceipt, 'stream' | 'range' | 'released' | 'recipients' | 'count'> {
  const { salt, stream, range, digests, recipients } = flush;
  return {
    stream: commit(deriveSalt(salt, 'stream'), stream),
    range: commit(deriveSalt(salt, 'range'), range),
    released: releasedRoot(salt, digests),
    recipients: commit(deriveSalt(salt, 'recipients'), digestText(recipients)),
    count: digests.length,
  };
}

/** The committed fields of a product's release to one recipient. */
export function sealItem(release: {
  readonly salt: Uint8Array;
  readonly item: string;
  readonly recipient: string;
  /** `messageDigest` of the released form. */
  readonly digest: Uint8Array;
}): Pick<ItemReceipt, 'item' | 'recipient' | 'released'> {
  const { salt, item, recipient, digest } = release;
  return {
    item: commit(deriveSalt(salt, 'item'), item),
    recipient: commit(deriveSalt(salt, 'recipient'), recipient),
    released: releasedRoot(salt, [digest]),
  };
}

/** What a recipient of a flush is told beside its messages: enough for itself, nothing of the other recipients. */
export type FlushDisclosure = {
  readonly salts: Readonly<Record<'stream' | 'range' | 'released' | 'recipients', Uint8Array>>;
  readonly recipients: Digest;
  readonly recipient: RecipientProof;
};

/** The disclosure of a flush to the officer at `index` of its group. */
export function discloseFlush(
  salt: Uint8Array,
  group: { readonly salt: Uint8Array; readonly officers: readonly string[] },
  index: number,
): FlushDisclosure {
  return {
    salts: {
      stream: deriveSalt(salt, 'stream'),
      range: deriveSalt(salt, 'range'),
      released: deriveSalt(salt, 'released'),
      recipients: deriveSalt(salt, 'recipients'),
    },
    recipients: digestText(recipientsRoot(group.salt, group.officers)),
    recipient: proveRecipient(group.salt, group.officers, index),
  };
}

/** Checks everything a recipient knows of a flush against its receipt; returns the fields that do not fit. */
export function checkFlush(
  receipt: FlushReceipt,
  disclosure: FlushDisclosure,
  known: {
    readonly officer: string;
    readonly stream: string;
    readonly range: Json;
    readonly digests: readonly Uint8Array[];
  },
): ('stream' | 'range' | 'released' | 'recipients' | 'count')[] {
  const { salts, recipients, recipient } = disclosure;
  const leaves = [leafHash(salts.released), ...known.digests.map(leafHash)];
  const wrong: ('stream' | 'range' | 'released' | 'recipients' | 'count')[] = [];
  if (!openCommitment(salts.stream, known.stream, receipt.stream)) wrong.push('stream');
  if (!openCommitment(salts.range, known.range, receipt.range)) wrong.push('range');
  if (digestText(merkleRoot(leaves)) !== receipt.released) wrong.push('released');
  const listed =
    openCommitment(salts.recipients, recipients, receipt.recipients) &&
    verifyRecipient(known.officer, recipient, fromBase64Url(recipients));
  if (!listed) wrong.push('recipients');
  if (known.digests.length !== receipt.count) wrong.push('count');
  return wrong;
}
