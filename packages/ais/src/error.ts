/**
 * Every way in which this package refuses its caller's input. Bad data on the wire is never thrown: the decoder
 * reports it as an `AisFault`.
 *
 * - `field-range`: a value that the message type cannot carry (latitude 91, MMSI of ten digits, …)
 * - `field-text`: a text with characters outside the 6-bit alphabet, or too long
 * - `type-unsupported`: a message type that has no encoder
 * - `option-range`: a decoder or sentence option that makes no sense
 */
export const AIS_ERROR_CODES = ['field-range', 'field-text', 'type-unsupported', 'option-range'] as const;

export type AisErrorCode = (typeof AIS_ERROR_CODES)[number];

/** A value that cannot be encoded, or a wrong option; `field` names it. */
export class AisError extends Error {
  readonly code: AisErrorCode;
  readonly field: string;
  constructor(code: AisErrorCode, field: string, why: string) {
    super(`${field}: ${why}`);
    this.name = 'AisError';
    this.code = code;
    this.field = field;
  }
}
