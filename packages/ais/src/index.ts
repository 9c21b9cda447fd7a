export { AisDecoder } from './decoder.ts';
export { encodeSentences, type SentenceOptions } from './encode-sentence.ts';
export { AIS_ERROR_CODES, AisError, type AisErrorCode } from './error.ts';
export { AIS_FAULT_REASONS, type AisFault, type AisFaultReason } from './fault.ts';
export type * from './message.ts';
export { type AisLine, type AisReception, aisLine } from './output.ts';
export type * from './report.ts';
export { navStatusText, posDeviceText, shipTypeText } from './text.ts';
