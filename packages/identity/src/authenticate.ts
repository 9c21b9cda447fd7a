import type { OfficerId } from '@concord/label';
import { type RequestHeaders, singleHeader } from './cookie.ts';
import { IdentityError } from './error.ts';
import { checkOrigin } from './origin.ts';
import { sameSecret } from './secret.ts';
import type { Sessions } from './sessions.ts';
import type { Tokens } from './tokens.ts';

/** Who makes a request. Times in milliseconds since 1970; what is streamed to a principal ends at `expiresAt`. */
export type Principal = CookiePrincipal | BearerPrincipal;

export type CookiePrincipal = {
  readonly via: 'cookie';
  readonly officer: OfficerId;
  readonly session: string;
  /** To be sent back in `x-csrf-token` with every change. */
  readonly csrfToken: string;
  readonly expiresAt: number;
};

export type BearerPrincipal = {
  readonly via: 'bearer';
  readonly officer: OfficerId;
  readonly jti: string;
  /** The purposes that the token is limited to; undefined where it is not. */
  readonly purposes: readonly string[] | undefined;
  readonly issuedAt: number;
  readonly expiresAt: number;
};

export type Authenticator = {
  /** The principal of a request, or a coded `IdentityError`. */
  readonly authenticate: (headers: RequestHeaders) => Promise<Principal>;
  /** The principal of a WebSocket upgrade: by cookie only from our own pages (`origin`). */
  readonly authenticateUpgrade: (headers: RequestHeaders) => Promise<Principal>;
  /** The principal of a request that changes something: by cookie only with the session's token (`csrf`, `origin`). */
  readonly authenticateChange: (headers: RequestHeaders) => Promise<Principal>;
  /**
   * Whether a principal is still good: neither ended here nor expired. Ask it in the turn in which a stream is
   * registered for `onEnd`, since the principal may have ended while it was on its way.
   */
  readonly isLive: (principal: Principal) => boolean;
};

export function createAuthenticator(parts: {
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  /** Origins of our own pages, such as `http://localhost:8080`. */
  readonly origins: readonly string[];
  readonly now?: () => number;
}): Authenticator {
  const { sessions, tokens, origins, now = Date.now } = parts;

  async function authenticate(headers: RequestHeaders): Promise<Principal> {
    // A request that shows a token is judged by the token alone: a bad one never falls back to a cookie.
    if (headers['authorization'] !== undefined) {
      const token = /^Bearer +([A-Za-z0-9._-]+)$/i.exec(singleHeader(headers, 'authorization') ?? '')?.[1];
      if (token === undefined)
        throw new IdentityError('credential-malformed', 'Authorization is no bearer token');
      return { via: 'bearer', ...(await tokens.verify(token)) };
    }
    const { officer, id, csrfToken, expires } = await sessions.find(headers);
    return { via: 'cookie', officer, session: id, csrfToken, expiresAt: expires };
  }

  return {
    authenticate,
    isLive: (principal) => {
      if (principal.expiresAt <= now()) return false;
      return principal.via === 'cookie' ? !sessions.hasEnded(principal.session) : !tokens.hasEnded(principal);
    },
    authenticateUpgrade: async (headers) => {
      if (headers['authorization'] === undefined) checkOrigin(headers, origins);
      return await authenticate(headers);
    },
    authenticateChange: async (headers) => {
      const principal = await authenticate(headers);
      if (principal.via === 'bearer') return principal;
      if (headers['origin'] !== undefined) checkOrigin(headers, origins);
      const sent = singleHeader(headers, 'x-csrf-token');
      if (sent === undefined || !sameSecret(sent, principal.csrfToken))
        throw new IdentityError('csrf', 'a change without the token of its session');
      return principal;
    },
  };
}
