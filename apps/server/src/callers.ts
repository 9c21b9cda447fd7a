import type { IncomingMessage } from 'node:http';
import type { Caller, Callers } from '@concord/endpoints';
import { type Authenticator, IdentityError, type Principal, type TokenEnd } from '@concord/identity';
import { partyOf } from '@concord/label';

/** Who listens for the end of which credential. */
export class Ends {
  readonly #listeners = new Map<string, Set<{ readonly officer?: string; readonly end: () => void }>>();
  readonly #officers = new Map<string, Set<() => void>>();

  on(key: string, officer: string, end: () => void): () => void {
    const one = { officer, end };
    const set = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, set.add(one));
    const all = this.#officers.get(officer) ?? new Set();
    this.#officers.set(officer, all.add(end));
    return () => {
      set.delete(one);
      all.delete(end);
      if (set.size === 0) this.#listeners.delete(key);
      if (all.size === 0) this.#officers.delete(officer);
    };
  }

  session(id: string): void {
    for (const { end } of [...(this.#listeners.get(id) ?? [])]) end();
  }

  token(ended: TokenEnd): void {
    if ('jti' in ended) this.session(ended.jti);
    else for (const end of [...(this.#officers.get(ended.officer) ?? [])]) end();
  }
}

/** Identity as the doors need it. */
export function callersOf(
  authenticator: Authenticator,
  ends: Ends,
  known: (officer: string) => boolean,
): Callers {
  const keys = new Map<string, string>();
  const principals = new WeakMap<Caller, Principal>();
  return {
    async authenticate(request: IncomingMessage) {
      try {
        const who = await authenticator.authenticate(request.headers);
        if (!known(who.officer)) return undefined;
        const key = who.via === 'cookie' ? who.session : who.jti;
        keys.set(key, who.officer);
        if (keys.size > 50_000) keys.clear();
        const caller: Caller = {
          officer: who.officer,
          party: partyOf(who.officer),
          purposes: (who.via === 'bearer' && who.purposes) || [],
          via: who.via,
          key,
          expiresAt: who.expiresAt,
          ...(who.via === 'cookie' && { csrf: who.csrfToken }),
        };
        principals.set(caller, who);
        return caller;
      } catch (cause) {
        if (cause instanceof IdentityError) return undefined;
        throw cause;
      }
    },
    isLive: (caller) => {
      const who = principals.get(caller);
      return who !== undefined && authenticator.isLive(who);
    },
    onEnd: (key, listener) => ends.on(key, keys.get(key) ?? '', listener),
  };
}
