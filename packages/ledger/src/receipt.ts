import type { Digest } from './commitment.ts';

/** What every receipt says. */
type Common<Kind extends string> = {
  readonly v: 1;
  readonly kind: Kind;
  /** The agreement whose log this is. */
  readonly log: string;
  /** When, in UTC, ISO 8601 to the millisecond with Z. */
  readonly at: string;
  /** The version of all that verdicts depend on, when this was decided. */
  readonly epoch: number;
};

/** A reader's session opened a way for data under these clauses. */
export type OpenReceipt = Common<'open'> & {
  readonly session: string;
  readonly officer: Digest;
  readonly clauses: readonly string[];
};

/** Why a session's way was closed. */
export const CLOSE_REASONS = ['client', 'cut', 'error', 'expired', 'revoked', 'shutdown', 'stalled'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** A session's way was closed; `messages` were handed to it in all. */
export type CloseReceipt = Common<'close'> & {
  readonly session: string;
  readonly reason: CloseReason;
  readonly messages: number;
};

/** One flush of one stream to the readers of one verdict: `count` messages, the same bytes to each reader. */
export type FlushReceipt = Common<'flush'> & {
  readonly clauses: readonly string[];
  readonly obligations: readonly string[];
  readonly stream: Digest;
  readonly range: Digest;
  /** Salted Merkle root over the digests of the messages (`releasedRoot`). */
  readonly released: Digest;
  /** Commitment to the root over the recipients (`recipientsRoot`). */
  readonly recipients: Digest;
  readonly count: number;
};

/** One product to one recipient. */
export type ItemReceipt = Common<'item'> & {
  readonly clauses: readonly string[];
  readonly obligations: readonly string[];
  readonly item: Digest;
  readonly recipient: Digest;
  /** Salted Merkle root over the digest of the released form (`releasedRoot` of one). */
  readonly released: Digest;
};

/** A grant came into force. */
export type GrantReceipt = Common<'grant'> & {
  readonly grant: Digest;
  readonly officer: Digest;
  readonly clauses: readonly string[];
  readonly until: string;
};

/** What a revocation can be aimed at. */
export const REVOKE_TARGETS = [
  'agreement',
  'assurance',
  'clause',
  'clearance',
  'grant',
  'item',
  'session',
] as const;
export type RevokeTarget = (typeof REVOKE_TARGETS)[number];

/** Something was revoked, suspended or recalled; nothing was released under it after the cut-offs. */
export type RevokeReceipt = Common<'revoke'> & {
  readonly target: RevokeTarget;
  readonly subject: Digest;
  readonly cutoffs: Digest;
};

/** What can be done under an agreement that is no release and cuts nothing by itself. */
export const ACTS = [
  'activated',
  'approved',
  'break-glass',
  'breached',
  'confirmed',
  'granted',
  'incident',
  'nominated',
  'notice',
  'restored',
  'resumed',
  'signed',
  'suspended',
  'terminated',
  'withdrawn',
] as const;
export type ActName = (typeof ACTS)[number];

/** Somebody did something under the agreement: what is open to all, to what, by whom and why to those concerned. */
export type ActReceipt = Common<'act'> & {
  readonly act: ActName;
  readonly subject: Digest;
  readonly by: Digest;
  readonly statement: Digest;
};

/** Items were destroyed because they had been held for their time or were recalled. */
export type DestroyReceipt = Common<'destroy'> & {
  readonly stream: Digest;
  readonly range: Digest;
  /** Commitment to a digest over the items: opens to whoever still knows them. */
  readonly items: Digest;
  readonly count: number;
};

/**
 * An entry of an agreement's log. It holds no content: whatever could tell who received what is a salted commitment,
 * opened to those whom it concerns.
 */
export type Receipt =
  | OpenReceipt
  | CloseReceipt
  | FlushReceipt
  | ItemReceipt
  | GrantReceipt
  | RevokeReceipt
  | ActReceipt
  | DestroyReceipt;
export type ReceiptKind = Receipt['kind'];
