/** The row-secured readers: only the release point may import this face. */

export { createEveryGiven, type GivenQuery, type GivenSum } from './readers/given.ts';
export type { HeldRows } from './readers/holdings.ts';
export type { LatestQuery } from './readers/latest.ts';
export type { OneQuery } from './readers/one.ts';
export type { PageQuery } from './readers/page.ts';
export type { QuarantinedEntry } from './readers/quarantine.ts';
export { createReaders, type Reader, type Readers } from './readers/readers.ts';
export type { OwnReceipt } from './readers/receipts.ts';
export type { StoredRow } from './readers/stored-row.ts';
export type { VisibleClass } from './readers/visible-pairs.ts';
