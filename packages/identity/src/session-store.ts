import type { OfficerId } from '@concord/label';

/** A session as stored: its secret only as a hash. Times in milliseconds since 1970. */
export type SessionRecord = {
  /** Names the session where it is listed or ended; lets nobody in. */
  readonly id: string;
  readonly secretHash: string;
  readonly officer: OfficerId;
  readonly csrfToken: string;
  readonly created: number;
  readonly lastSeen: number;
  /** Ends then whatever happens. */
  readonly expires: number;
  readonly userAgent: string;
  readonly address: string;
};

/** Where sessions are kept. Every method is one statement of its own. */
export type SessionStore = {
  readonly insert: (session: SessionRecord) => Promise<void>;
  readonly findBySecret: (secretHash: string) => Promise<SessionRecord | undefined>;
  readonly touch: (id: string, lastSeen: number) => Promise<void>;
  /** Removes a session; false where there was none. */
  readonly remove: (id: string) => Promise<boolean>;
  readonly list: (officer: OfficerId) => Promise<readonly SessionRecord[]>;
  /** Removes what expired by `now` or was last seen before `idleSince`; returns the ids. */
  readonly removeExpired: (now: number, idleSince: number) => Promise<readonly string[]>;
};

/** Sessions in memory: gone with the process. */
export function createMemorySessionStore(): SessionStore {
  const byId = new Map<string, SessionRecord>();
  const bySecret = new Map<string, string>();
  const remove = (id: string): boolean => {
    const session = byId.get(id);
    if (session !== undefined) bySecret.delete(session.secretHash);
    return byId.delete(id);
  };
  return {
    insert: async (session) => {
      byId.set(session.id, session);
      bySecret.set(session.secretHash, session.id);
    },
    findBySecret: async (hash) => byId.get(bySecret.get(hash) ?? ''),
    touch: async (id, lastSeen) => {
      const session = byId.get(id);
      if (session !== undefined) byId.set(id, { ...session, lastSeen });
    },
    remove: async (id) => remove(id),
    list: async (officer) => [...byId.values()].filter((session) => session.officer === officer),
    removeExpired: async (now, idleSince) => {
      const over = [...byId.values()].filter(
        ({ expires, lastSeen }) => expires <= now || lastSeen < idleSince,
      );
      for (const { id } of over) remove(id);
      return over.map(({ id }) => id);
    },
  };
}
