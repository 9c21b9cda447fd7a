export type { DecodeContext, Imaging } from './decode/context.ts';
export { createDecoder } from './decode/decoder.ts';
export { DETECTION_BYTES, detectFormat, FORMATS, type Format, isFormat } from './decode/format.ts';
export type { EphemerisRecord, ObservationRecord } from './decode/gnss-record.ts';
export { FEED_ERROR_CODES, FeedError, type FeedErrorCode } from './error.ts';
export { openRun, type Run, type RunOptions, type RunProgress, type RunStanding } from './replay.ts';
