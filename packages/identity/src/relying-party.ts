import type { OfficerId } from '@concord/label';
import * as oidc from 'openid-client';
import { type Claims, type OfficerMapping, officerOf } from './claims.ts';
import { cookieValues, type RequestHeaders, setCookie } from './cookie.ts';
import { IdentityError } from './error.ts';
import { newSecret, secretHash } from './secret.ts';

export type RelyingPartyOptions = {
  /** The issuer's identifier; plain http on this machine only. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Where the issuer sends the browser back to, such as `http://localhost:8080/login/callback`. */
  readonly redirectUri: string;
  readonly officer: OfficerMapping;
  readonly scope?: string;
  /** `login` asks for the password each time; the default, since a session was ended for a reason. */
  readonly prompt?: 'login' | 'unset';
  readonly now?: () => number;
};

/** A finished login. `cookies` are to be set with the answer. */
export type Login = {
  readonly officer: OfficerId;
  readonly claims: Claims;
  readonly returnTo: string;
  readonly cookies: readonly string[];
};

/** The node as a client of an issuer: begins a login and takes its end. */
export type RelyingParty = {
  /** Begins a login: send the browser to `location` with the cookies set. `issuer-unreachable`. */
  readonly begin: (
    returnTo?: string,
  ) => Promise<{ readonly location: string; readonly cookies: readonly string[] }>;
  /**
   * Takes the way back from the issuer, by its path and query and the request's headers: `login-state`,
   * `login-refused`, `officer-unmapped` or `issuer-unreachable`.
   */
  readonly finish: (pathAndQuery: string, headers: RequestHeaders) => Promise<Login>;
};

type Pending = { state: string; nonce: string; verifier: string; returnTo: string; expires: number };

const LIFETIME_MS = 10 * 60_000;
/** Logins under way at most; anybody can begin one. */
const MAX_PENDING = 10_000;

/** Whether a host is this machine by its name: what is sent there crosses no network. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/** A path of this node, or `/`: what comes with a login must not send a browser elsewhere. */
function localPath(returnTo: string | undefined): string {
  if (returnTo === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(returnTo) || returnTo.includes('\\'))
    return '/';
  return returnTo;
}

/** A client of any OpenID issuer: code flow with PKCE, state and nonce; finds the issuer's addresses when first needed. */
export function createRelyingParty(options: RelyingPartyOptions): RelyingParty {
  const { clientId, clientSecret, redirectUri, now = Date.now } = options;
  const issuer = urlOf(options.issuer);
  const secure = redirectUri.startsWith('https:');
  const cookieName = secure ? '__Host-concord_login' : 'concord_login';
  const cookie = { path: '/', secure, sameSite: 'Lax' } as const;
  const pending = new Map<string, Pending>();
  let discovered: Promise<oidc.Configuration> | undefined;

  async function configuration(): Promise<oidc.Configuration> {
    discovered ??= oidc.discovery(
      issuer,
      clientId,
      undefined,
      clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
      { execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [], timeout: 10 },
    );
    try {
      return await discovered;
    } catch (cause) {
      discovered = undefined;
      throw new IdentityError('issuer-unreachable', `${issuer.href} does not answer as an issuer`, { cause });
    }
  }

  function take(headers: RequestHeaders): Pending {
    for (const value of cookieValues(headers, cookieName)) {
      const key = secretHash(value);
      const found = pending.get(key);
      pending.delete(key);
      if (found !== undefined && found.expires > now()) return found;
    }
    throw new IdentityError('login-state', 'no login is under way in this browser');
  }

  return {
    begin: async (returnTo) => {
      const config = await configuration();
      const secret = newSecret();
      const entry: Pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        returnTo: localPath(returnTo),
        expires: now() + LIFETIME_MS,
      };
      pending.set(secretHash(secret), entry);
      for (const [key, { expires }] of pending) {
        if (pending.size <= MAX_PENDING && expires > now()) break;
        pending.delete(key);
      }
      const location = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: options.scope ?? 'openid',
        state: entry.state,
        nonce: entry.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(entry.verifier),
        code_challenge_method: 'S256',
        ...(options.prompt === 'unset' ? {} : { prompt: 'login' }),
      });
      return {
        location: location.href,
        cookies: [setCookie(cookieName, secret, { ...cookie, maxAge: LIFETIME_MS / 1000 })],
      };
    },
    finish: async (pathAndQuery, headers) => {
      const { state, nonce, verifier, returnTo } = take(headers);
      const url = new URL(redirectUri);
      const query = pathAndQuery.indexOf('?');
      url.search = query < 0 ? '' : pathAndQuery.slice(query);
      if (url.searchParams.get('state') !== state)
        throw new IdentityError('login-state', 'the answer belongs to another login');
      const claims = await redeem(await configuration(), url, { state, nonce, verifier });
      const cookies = [setCookie(cookieName, '', { ...cookie, maxAge: 0 })];
      return { officer: officerOf(claims, options.officer), claims, returnTo, cookies };
    },
  };
}

async function redeem(
  config: oidc.Configuration,
  url: URL,
  { state, nonce, verifier }: { state: string; nonce: string; verifier: string },
): Promise<Claims> {
  try {
    const tokens = await oidc.authorizationCodeGrant(config, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims !== undefined) return claims;
  } catch (cause) {
    throw new IdentityError('login-refused', 'the issuer refused the login, or its answer does not hold', {
      cause,
    });
  }
  throw new IdentityError('login-refused', 'the issuer sent no ID token');
}

function urlOf(issuer: string): URL {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw new IdentityError('configuration', `issuer ${issuer}: https, or http on this machine`);
}
