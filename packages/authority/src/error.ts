export type AuthorityErrorCode =
  | 'no-such-grant'
  | 'not-yours-to-do'
  | 'agreement-refused'
  | 'bad-officer'
  | 'bad-grant';

export class AuthorityError extends Error {
  readonly code: AuthorityErrorCode;
  constructor(code: AuthorityErrorCode, message: string) {
    super(message);
    this.name = 'AuthorityError';
    this.code = code;
  }
}
