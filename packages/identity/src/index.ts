export {
  type Account,
  accountsOf,
  type CheckPassword,
  createPasswordCheck,
  type FindAccount,
  type LoginAttempt,
} from './account.ts';
export {
  type Authenticator,
  type BearerPrincipal,
  type CookiePrincipal,
  createAuthenticator,
  type Principal,
} from './authenticate.ts';
export { type Claims, type OfficerMapping, officerOf } from './claims.ts';
export type { RequestHeaders } from './cookie.ts';
export {
  createEmbeddedIssuer,
  EMBEDDED_CLIENT,
  type EmbeddedIssuer,
  type EmbeddedIssuerOptions,
} from './embedded-issuer.ts';
export { IdentityError, type IdentityErrorCode } from './error.ts';
export { LOGIN_CSP, LOGIN_CSS, loginErrorPage, loginPage, readLoginForm } from './login-page.ts';
export { generateNodeKey, type KeyAlgorithm } from './node-key.ts';
export { checkOrigin } from './origin.ts';
export { hashPassword, newPassword, verifyPassword } from './password.ts';
export {
  createRelyingParty,
  type Login,
  type RelyingParty,
  type RelyingPartyOptions,
} from './relying-party.ts';
export { newSecret } from './secret.ts';
export { createMemorySessionStore, type SessionRecord, type SessionStore } from './session-store.ts';
export { createSessions, type SessionInfo, type SessionOptions, type Sessions } from './sessions.ts';
export { createMemoryTokenRevocations, type TokenRevocations } from './token-revocations.ts';
export {
  createTokens,
  type MintedToken,
  type TokenEnd,
  type TokenOptions,
  type TokenRef,
  type Tokens,
  type VerifiedToken,
} from './tokens.ts';
