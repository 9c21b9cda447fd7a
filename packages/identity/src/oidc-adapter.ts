import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** Records kept at most, of all models together: strangers can begin logins, and must not fill the memory. */
const MAX_RECORDS = 20_000;

type Stored = { readonly payload: AdapterPayload; readonly expires: number };

/** What the embedded issuer remembers, in memory: a restart ends the logins that are under way and nothing else. */
export function createMemoryAdapter(now: () => number): AdapterFactory {
  const records = new Map<string, Stored>();

  function put(key: string, payload: AdapterPayload, lifetime: number | undefined): void {
    records.delete(key);
    records.set(key, {
      payload,
      expires: lifetime === undefined ? Number.POSITIVE_INFINITY : now() + lifetime * 1000,
    });
    if (records.size <= MAX_RECORDS) return;
    for (const [old, { expires }] of records) if (expires <= now()) records.delete(old);
    for (const old of records.keys()) {
      if (records.size <= MAX_RECORDS) break;
      records.delete(old);
    }
  }

  function get(key: string): AdapterPayload | undefined {
    const stored = records.get(key);
    if (stored === undefined) return undefined;
    if (stored.expires > now()) return stored.payload;
    records.delete(key);
    return undefined;
  }

  const findBy = (model: string, match: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    for (const key of records.keys()) {
      const payload = key.startsWith(`${model}:`) ? get(key) : undefined;
      if (payload !== undefined && match(payload)) return payload;
    }
    return undefined;
  };

  return (model): Adapter => ({
    upsert: async (id, payload, lifetime) => put(`${model}:${id}`, payload, lifetime),
    find: async (id) => get(`${model}:${id}`),
    findByUid: async (uid) => findBy(model, (payload) => payload.uid === uid),
    findByUserCode: async (code) => findBy(model, (payload) => payload.userCode === code),
    consume: async (id) => {
      const payload = get(`${model}:${id}`);
      if (payload !== undefined) payload.consumed = Math.floor(now() / 1000);
    },
    destroy: async (id) => {
      records.delete(`${model}:${id}`);
    },
    // A code that is used twice takes with it all that was ever given out for it.
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of records) if (payload.grantId === grantId) records.delete(key);
    },
  });
}
