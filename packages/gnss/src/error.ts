/** Every way in which this package refuses its input. */
export const GNSS_ERROR_CODES = [
  /** The text does not begin with a RINEX header of the expected kind. */
  'rinex-not-recognised',
  /** A RINEX version or file type that is not read here. */
  'rinex-version',
  /** A value does not fit the field that it has to be written to. */
  'encode-range',
  /** A signal or message that has no place in the format asked for. */
  'encode-unsupported',
  /** An argument outside its documented domain. */
  'argument',
] as const;

export type GnssErrorCode = (typeof GNSS_ERROR_CODES)[number];

/**
 * The only error this package throws. Readers of streams do not throw on bad data at all: they report it as an
 * event with its place and reason.
 */
export class GnssError extends Error {
  readonly code: GnssErrorCode;

  constructor(code: GnssErrorCode, message: string) {
    super(message);
    this.name = 'GnssError';
    this.code = code;
  }
}
