export { type Appender, type AppenderOptions, createAppender } from './appender/appender.ts';
export type { Appended, CommittedRow, Progress, Refusal, Row } from './appender/row.ts';
export { type Database, type DatabaseOptions, openDatabase } from './database.ts';
export { STORE_ERROR_CODES, StoreError, type StoreErrorCode } from './error.ts';
export { DELAYS_MS, delayOf, isRung, type Rung } from './ladder.ts';
export type { Allowed, Cell } from './policy/allowed.ts';
export { type Classes, createClasses, type Interned } from './policy/classes.ts';
export { createDecisions, type Decisions, type StoredGrant } from './policy/decisions.ts';
export {
  createHousekeeping,
  type Housekeeping,
  type QuarantinedInput,
  type WebSession,
} from './policy/housekeeping.ts';
export { createReceiptLog, type Delivery, type ReceiptLog, type StoredReceipt } from './policy/receipts.ts';
export {
  createDecisionRecord,
  type DecisionRecord,
  type StoredDecision,
  type StoredEntry,
  type StoredVersion,
} from './policy/record.ts';
export { createRecalls, type RecallTables, type StoredCase, type StoredRecall } from './upkeep/recalls.ts';
export {
  createReclass,
  type PlacedRow,
  type Reclassed,
  type ReclassTables,
  type RowSelection,
} from './upkeep/reclass.ts';
export { createRetention, type Destruction, type RetentionTables } from './upkeep/retention.ts';
