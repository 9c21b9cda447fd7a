export { canonicalJson, type Json } from './canonical-json.ts';
export {
  type Checkpoint,
  checkpointText,
  cosignCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
} from './checkpoint.ts';
export {
  commit,
  type Digest,
  deriveSalt,
  digestText,
  isDigest,
  openCommitment,
  SALT_SIZE,
} from './commitment.ts';
export { decodeBundle, encodeBundle, MAX_ENTRY } from './entry-bundle.ts';
export { LedgerError, type LedgerErrorCode } from './error.ts';
export type { Finding, FindingCode } from './finding.ts';
export { formatProof, type LogProof, parseProof, prove, verifyProof } from './log-proof.ts';
export { decodeTile, LogReader, type ReadResource } from './log-reader.ts';
export { type LogFile, type LogUpdate, LogWriter } from './log-writer.ts';
export { CompactRange, EMPTY_ROOT, HASH_SIZE, leafHash, merkleRoot, nodeHash } from './merkle.ts';
export {
  formatNote,
  type Note,
  type NoteSignature,
  parseNote,
  signText,
  type VerifiedSignature,
  verifyNote,
} from './note.ts';
export {
  createNoteSigner,
  formatVerifierKey,
  keyId,
  type NoteSigner,
  parseVerifierKey,
  type VerifierKey,
} from './note-key.ts';
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proof.ts';
export {
  type ActName,
  type ActReceipt,
  CLOSE_REASONS,
  type CloseReason,
  type CloseReceipt,
  type FlushReceipt,
  type GrantReceipt,
  type ItemReceipt,
  type OpenReceipt,
  REVOKE_TARGETS,
  type Receipt,
  type ReceiptKind,
  type RevokeReceipt,
  type RevokeTarget,
} from './receipt.ts';
export { decodeReceipt, encodeReceipt } from './receipt-codec.ts';
export {
  checkFlush,
  discloseFlush,
  type FlushDisclosure,
  messageDigest,
  proveRecipient,
  type RecipientProof,
  recipientsRoot,
  releasedRoot,
  sealFlush,
  sealItem,
  verifyRecipient,
} from './seal.ts';
export { sha256 } from './sha256.ts';
export { parseTilePath, TILE_WIDTH, type Tile, tilePath, tilesOf } from './tile-path.ts';
export {
  type LogReport,
  type VerifyOptions,
  verifyLog,
} from './verify-log.ts';
