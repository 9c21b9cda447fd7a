export type ServerErrorCode =
  | 'agreement-refused'
  | 'port-taken'
  | 'bad-config'
  | 'bad-backup'
  | 'no-such-run';

/** Why a node does not start, or cannot do what an operator asks. */
export class ServerError extends Error {
  readonly code: ServerErrorCode;
  constructor(code: ServerErrorCode, message: string) {
    super(message);
    this.name = 'ServerError';
    this.code = code;
  }
}
