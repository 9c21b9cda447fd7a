import type { IncomingMessage, ServerResponse } from 'node:http';
import { isOfficerId, type OfficerId } from '@concord/label';
import { type Configuration, type JWK, Provider } from 'oidc-provider';
import { type CheckPassword, createPasswordCheck, type FindAccount, type LoginAttempt } from './account.ts';
import { IdentityError } from './error.ts';
import { loginErrorPage } from './login-page.ts';
import { createMemoryAdapter } from './oidc-adapter.ts';

/** The one client of the embedded issuer: the node's own page. */
export const EMBEDDED_CLIENT = 'concord';

export type EmbeddedIssuerOptions = {
  /** Where the node is reached, without a slash at the end: `http://localhost:8080`. */
  readonly origin: string;
  /** Where below the origin it is mounted. */
  readonly mount?: string;
  readonly accounts: FindAccount;
  /** Private keys that sign ID tokens: EC P-256, with `kid`. The first one signs. */
  readonly keys: readonly JWK[];
  /** Secrets that sign the issuer's cookies; the first one signs. */
  readonly cookieKeys: readonly string[];
  readonly redirectUris: readonly string[];
  /** Behind a proxy that sets `X-Forwarded-Proto` and `-Host`. */
  readonly proxied?: boolean;
  readonly now?: () => number;
};

/** An OpenID provider inside the node, for demonstrations and small installations. */
export type EmbeddedIssuer = {
  readonly issuer: string;
  readonly clientId: string;
  /** Answers everything below the mount, such as `/oidc/auth`; takes the request whole, before any body parser. */
  readonly handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** The login that is under way in this browser; `login-interaction` where there is none. For `GET /login/{uid}`. */
  readonly loginUnderWay: (req: IncomingMessage, res: ServerResponse) => Promise<{ readonly uid: string }>;
  /**
   * Checks account and password and returns where to send the browser (303). For `POST /login/{uid}`:
   * `login-interaction`, `login-failed` or `login-throttled`.
   */
  readonly logIn: (req: IncomingMessage, res: ServerResponse, attempt: LoginAttempt) => Promise<string>;
};

const MINUTE = 60;

/**
 * An issuer on `oidc-provider` with one public client, authorization code and PKCE and nothing else: no consent page,
 * no dynamic registration, no user info. Serve `handle` below its mount, and the login form at `/login/{uid}`.
 */
export function createEmbeddedIssuer(options: EmbeddedIssuerOptions): EmbeddedIssuer {
  const { origin, mount = '/oidc', accounts, now = Date.now } = options;
  const issuer = `${origin}${mount}`;
  const provider = new Provider(issuer, configurationOf(options, now));
  provider.proxy = options.proxied === true;
  const checkPassword: CheckPassword = createPasswordCheck(accounts, now);
  const callback = provider.callback();

  const interaction = async (req: IncomingMessage, res: ServerResponse) => {
    try {
      return await provider.interactionDetails(req, res);
    } catch (cause) {
      throw new IdentityError('login-interaction', 'no login is under way here', { cause });
    }
  };

  return {
    issuer,
    clientId: EMBEDDED_CLIENT,
    handle: async (req, res) => {
      const mounted = req as IncomingMessage & { originalUrl?: string };
      const url = req.url ?? '/';
      // The provider takes what is cut off here for its mount path, and puts it in front of all it hands out.
      mounted.originalUrl = url;
      mounted.url = url.startsWith(mount) ? url.slice(mount.length) || '/' : url;
      await callback(mounted, res);
    },
    loginUnderWay: async (req, res) => ({ uid: (await interaction(req, res)).uid }),
    logIn: async (req, res, attempt) => {
      await interaction(req, res);
      const accountId = await checkPassword(attempt);
      return await provider.interactionResult(req, res, { login: { accountId, remember: false } });
    },
  };
}

function configurationOf(options: EmbeddedIssuerOptions, now: () => number): Configuration {
  const { accounts, keys, cookieKeys, redirectUris, origin } = options;
  const cookie = {
    httpOnly: true,
    sameSite: 'lax',
    secure: origin.startsWith('https:'),
    signed: true,
  } as const;
  return {
    adapter: createMemoryAdapter(now),
    jwks: { keys: [...keys] },
    clients: [
      {
        client_id: EMBEDDED_CLIENT,
        redirect_uris: [...redirectUris],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        // A browser's page keeps no secret; the code is bound by PKCE instead.
        token_endpoint_auth_method: 'none',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    responseTypes: ['code'],
    scopes: ['openid'],
    claims: { openid: ['sub'] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    pkce: { required: () => true },
    cookies: {
      keys: [...cookieKeys],
      names: { session: 'oidc_session', interaction: 'oidc_login', resume: 'oidc_resume' },
      long: cookie,
      short: cookie,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    ttl: {
      AccessToken: 5 * MINUTE,
      AuthorizationCode: MINUTE,
      Grant: 10 * MINUTE,
      IdToken: 5 * MINUTE,
      Interaction: 10 * MINUTE,
      // The issuer itself remembers nobody for long: who ends a session must not be logged in again without asking.
      Session: 10 * MINUTE,
    },
    interactions: { url: (_ctx, { uid }) => `/login/${uid}` },
    findAccount: async (_ctx, id) => {
      const account = isOfficerId(id) ? await accounts(id) : undefined;
      if (account === undefined) return undefined;
      const sub: OfficerId = account.officer;
      return { accountId: sub, claims: async () => ({ sub }) };
    },
    // One client, which is the node itself: there is nothing to consent to.
    loadExistingGrant: async (ctx) => {
      const accountId = ctx.oidc.session?.accountId;
      const clientId = ctx.oidc.client?.clientId;
      if (accountId === undefined || clientId === undefined) return undefined;
      const grant = new ctx.oidc.provider.Grant({ accountId, clientId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    renderError: (ctx, { error }) => {
      ctx.type = 'html';
      ctx.body = loginErrorPage(`This login cannot go on (${error}).`);
    },
    clientBasedCORS: () => false,
  };
}
