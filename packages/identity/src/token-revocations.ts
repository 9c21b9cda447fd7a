/** What is known of a token that has been verified; times in milliseconds since 1970. */
export type TokenIds = { readonly jti: string; readonly officer: string; readonly issuedAt: number };

/** Revoked tokens, remembered until they would have expired. */
export type TokenRevocations = {
  readonly revoke: (jti: string, until: number) => Promise<void>;
  /** Every token of an officer that was issued up to `issuedUpTo`. */
  readonly revokeOfficer: (officer: string, issuedUpTo: number, until: number) => Promise<void>;
  readonly isRevoked: (token: TokenIds) => Promise<boolean>;
  /** Forgets what has expired by itself. */
  readonly prune: (now: number) => Promise<void>;
};

/** Revocations in memory: a restart forgets them, so production keeps them in the store. */
export function createMemoryTokenRevocations(): TokenRevocations {
  const byId = new Map<string, number>();
  const byOfficer = new Map<string, { issuedUpTo: number; until: number }>();
  return {
    revoke: async (jti, until) => {
      byId.set(jti, Math.max(until, byId.get(jti) ?? 0));
    },
    revokeOfficer: async (officer, issuedUpTo, until) => {
      byOfficer.set(officer, { issuedUpTo, until });
    },
    isRevoked: async ({ jti, officer, issuedAt }) =>
      byId.has(jti) || issuedAt <= (byOfficer.get(officer)?.issuedUpTo ?? Number.NEGATIVE_INFINITY),
    prune: async (now) => {
      for (const [jti, until] of byId) if (until <= now) byId.delete(jti);
      for (const [officer, { until }] of byOfficer) if (until <= now) byOfficer.delete(officer);
    },
  };
}
