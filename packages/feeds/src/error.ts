/** Every way in which this package refuses what it is asked. Bad data never throws: it is quarantined. */
export const FEED_ERROR_CODES = [
  /** The format is none of `FORMATS`, or none could be told from the content. */
  'format-unknown',
  /** Bytes do not follow on those taken before. */
  'offset-gap',
  /** The run has ended. */
  'run-ended',
  /** An argument outside its documented domain. */
  'argument',
  /** A source cannot be reached. */
  'unreachable',
  /** The source wants a name and a password, or refuses those given. */
  'unauthorised',
  /** The caster has no such mount point. */
  'no-such-mount',
  /** The source answers what its protocol does not allow. */
  'protocol',
  /** Nothing came for too long. */
  'stalled',
  /** The source ended the connection. */
  'closed',
  /** A document is larger than is read. */
  'too-large',
] as const;

export type FeedErrorCode = (typeof FEED_ERROR_CODES)[number];

/** The only error this package throws. */
export class FeedError extends Error {
  readonly code: FeedErrorCode;
  constructor(code: FeedErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FeedError';
    this.code = code;
  }
}
