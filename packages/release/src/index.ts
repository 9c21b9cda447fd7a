export { Catalogue, type CatalogueRecord, type Stream } from './catalogue.ts';
export { ReleaseError, type ReleaseErrorCode } from './error.ts';
export type { PageRequest, ReleasedRow } from './late.ts';
export { LogFiles, type LogFilesOptions } from './log-files.ts';
export type { Box, ItemsQuery, Page, StoreReader } from './query.ts';
export type { OfficerFacts, Principal, Reader } from './reader.ts';
export type { ReceiptEntry, ReceiptRecord } from './receipts.ts';
export {
  type Cutoff,
  type LiveHandle,
  Release,
  type ReleaseOptions,
  type StreamView,
  type Subscription,
} from './release.ts';
export type { Row } from './row.ts';
export { CREDIT_BYTES, type Sink } from './session.ts';
export type { PolicyRecord } from './standing.ts';
export { storeReader } from './store-reader.ts';
