export type AuthorityErrorCode =
  | 'no-such-grant'
  | 'no-such-agreement'
  | 'no-such-clearance'
  | 'not-yours-to-do'
  | 'not-now'
  | 'agreement-refused'
  | 'bad-officer'
  | 'bad-grant'
  | 'bad-key'
  | 'bad-signature'
  | 'bad-clearance';

export class AuthorityError extends Error {
  readonly code: AuthorityErrorCode;
  constructor(code: AuthorityErrorCode, message: string) {
    super(message);
    this.name = 'AuthorityError';
    this.code = code;
  }
}
