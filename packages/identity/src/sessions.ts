import { randomUUID } from 'node:crypto';
import type { OfficerId } from '@concord/label';
import { cookieValues, type RequestHeaders, setCookie } from './cookie.ts';
import { EndedIds } from './ended-ids.ts';
import { IdentityError } from './error.ts';
import { newSecret, secretHash } from './secret.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';

export type SessionOptions = {
  readonly store: SessionStore;
  /** Whether the page is reached by https: the cookie is then for https only, and for this host. */
  readonly secure: boolean;
  /** Milliseconds after which a session ends whatever happens; 12 hours unless told. */
  readonly lifetime?: number;
  /** Milliseconds without a request after which it ends; 1 hour unless told. */
  readonly idle?: number;
  /** Called once for each session that ends, before `end` returns: end its streams. */
  readonly onEnd?: (id: string) => void;
  readonly now?: () => number;
};

/** A session as its officer may see it in a list. Times in milliseconds since 1970. */
export type SessionInfo = Pick<
  SessionRecord,
  'id' | 'officer' | 'created' | 'lastSeen' | 'expires' | 'userAgent' | 'address'
>;

/** Sessions of people: a cookie with a secret, of which only the hash is stored. */
export type Sessions = {
  /** Begins a session. Set the cookie with the answer; any session that the request carried is ended. */
  readonly begin: (
    officer: OfficerId,
    request: { readonly headers: RequestHeaders; readonly address: string },
  ) => Promise<{ readonly session: SessionInfo; readonly csrfToken: string; readonly cookie: string }>;
  /** The session of a request: `credential-missing`, `session-unknown` or `session-expired`. */
  readonly find: (headers: RequestHeaders) => Promise<SessionRecord>;
  /** Keeps a session from being idle while a live stream of it is read. */
  readonly touch: (id: string) => Promise<void>;
  readonly list: (officer: OfficerId) => Promise<readonly SessionInfo[]>;
  /** Ends a session and its streams; with `officer`, only where it is that officer's. False where there is none. */
  readonly end: (id: string, officer?: OfficerId) => Promise<boolean>;
  readonly endAll: (officer: OfficerId) => Promise<number>;
  /** Whether a session that was found has been ended since; answers at once. */
  readonly hasEnded: (id: string) => boolean;
  /** Ends what has expired. Call it every minute or so: only this ends the streams of idle sessions. */
  readonly sweep: () => Promise<number>;
  /** The `Set-Cookie` value that takes the cookie away. */
  readonly clearCookie: () => string;
};

const HOUR = 3_600_000;
/** `lastSeen` is written at most this often. */
const TOUCH_MS = 60_000;

export function createSessions(options: SessionOptions): Sessions {
  const { store, secure, lifetime = 12 * HOUR, idle = HOUR, onEnd = () => {}, now = Date.now } = options;
  const cookieName = secure ? '__Host-concord_session' : 'concord_session';
  // Lax and not Strict: the way back from an issuer elsewhere must find the new session. Changes need the CSRF token.
  const cookie = { path: '/', secure, sameSite: 'Lax' } as const;

  const ended = new EndedIds();

  /** Ends in memory, at once: should the store then fail, the session stays over and the caller hears of it. */
  function hold(id: string): void {
    if (ended.has(id)) return;
    ended.add(id);
    onEnd(id);
  }

  async function end(id: string): Promise<boolean> {
    hold(id);
    return await store.remove(id);
  }

  async function lookUp(headers: RequestHeaders): Promise<SessionRecord> {
    const values = cookieValues(headers, cookieName);
    if (values.length === 0) throw new IdentityError('credential-missing', 'no session cookie');
    for (const value of values) {
      const session = await store.findBySecret(secretHash(value));
      if (session === undefined || ended.has(session.id)) continue;
      if (session.expires > now() && session.lastSeen + idle > now()) return session;
      await end(session.id);
      throw new IdentityError('session-expired', `session ${session.id} is over`);
    }
    throw new IdentityError('session-unknown', 'no such session');
  }

  return {
    begin: async (officer, { headers, address }) => {
      const former = await lookUp(headers).catch((error: unknown) => {
        if (error instanceof IdentityError) return undefined;
        throw error;
      });
      if (former !== undefined) await end(former.id);
      const secret = newSecret();
      const created = now();
      const session: SessionRecord = {
        id: randomUUID(),
        secretHash: secretHash(secret),
        officer,
        csrfToken: newSecret(),
        created,
        lastSeen: created,
        expires: created + lifetime,
        userAgent: String(headers['user-agent'] ?? '').slice(0, 300),
        address,
      };
      await store.insert(session);
      return {
        session: infoOf(session),
        csrfToken: session.csrfToken,
        cookie: setCookie(cookieName, secret, { ...cookie, maxAge: lifetime / 1000 }),
      };
    },
    find: async (headers) => {
      const session = await lookUp(headers);
      const at = now();
      if (at - session.lastSeen < TOUCH_MS) return session;
      await store.touch(session.id, at);
      if (ended.has(session.id)) throw new IdentityError('session-unknown', 'ended meanwhile');
      return { ...session, lastSeen: at };
    },
    hasEnded: (id) => ended.has(id),
    touch: async (id) => await store.touch(id, now()),
    list: async (officer) => (await store.list(officer)).filter(({ expires }) => expires > now()).map(infoOf),
    end: async (id, officer) => {
      if (officer !== undefined && !(await store.list(officer)).some((session) => session.id === id))
        return false;
      return await end(id);
    },
    endAll: async (officer) => {
      const sessions = await store.list(officer);
      for (const { id } of sessions) hold(id);
      for (const { id } of sessions) await store.remove(id);
      return sessions.length;
    },
    sweep: async () => {
      const over = await store.removeExpired(now(), now() - idle);
      for (const id of over) hold(id);
      return over.length;
    },
    clearCookie: () => setCookie(cookieName, '', { ...cookie, maxAge: 0 }),
  };
}

const infoOf = ({
  id,
  officer,
  created,
  lastSeen,
  expires,
  userAgent,
  address,
}: SessionRecord): SessionInfo => ({
  id,
  officer,
  created,
  lastSeen,
  expires,
  userAgent,
  address,
});
