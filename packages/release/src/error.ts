export type ReleaseErrorCode =
  | 'bad-cursor'
  | 'bad-query'
  | 'cut-off'
  | 'no-such-item'
  | 'no-such-stream'
  | 'slow-reader'
  | 'class-cap'
  | 'closed';

/** Why something was not released; never says whether it exists. */
export class ReleaseError extends Error {
  readonly code: ReleaseErrorCode;
  constructor(code: ReleaseErrorCode, message: string) {
    super(message);
    this.name = 'ReleaseError';
    this.code = code;
  }
}
