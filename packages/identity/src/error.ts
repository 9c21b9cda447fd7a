/** Every way in which somebody is not let in, or this package cannot work. */
export type IdentityErrorCode =
  /** Neither a bearer token nor a session cookie came with the request. */
  | 'credential-missing'
  /** An `Authorization` header that is no bearer token, or more than one. */
  | 'credential-malformed'
  /** A token that is not ours: signature, algorithm, issuer, audience, type or claims. */
  | 'token-invalid'
  | 'token-expired'
  | 'token-revoked'
  /** No such session, or one that was ended. */
  | 'session-unknown'
  | 'session-expired'
  /** A change without the session's token in `x-csrf-token`. */
  | 'csrf'
  /** A request of another origin, or of none. */
  | 'origin'
  /** A wrong account or password; which of the two is not told. */
  | 'login-failed'
  /** Too many attempts; `retryAfter` says when to try again. */
  | 'login-throttled'
  /** The login page was opened without a login under way, or too late. */
  | 'login-interaction'
  /** The way back from the issuer fits no login that this browser began. */
  | 'login-state'
  /** The issuer refused, or its answer did not hold. */
  | 'login-refused'
  /** The issuer's claims stand for no officer here. */
  | 'officer-unmapped'
  | 'issuer-unreachable'
  | 'configuration';

/** Bad credentials or configuration; the message is for logs, `code` for the caller. */
export class IdentityError extends Error {
  readonly code: IdentityErrorCode;
  /** Seconds until another attempt makes sense; with `login-throttled` only. */
  readonly retryAfter: number | undefined;
  constructor(code: IdentityErrorCode, why: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(why, 'cause' in options ? { cause: options.cause } : {});
    this.name = 'IdentityError';
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}
