import { randomUUID } from 'node:crypto';
import { isOfficerId, type OfficerId } from '@concord/label';
import { errors, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { EndedIds } from './ended-ids.ts';
import { IdentityError } from './error.ts';
import { importNodeKey, type NodeKey } from './node-key.ts';
import { secretHash } from './secret.ts';
import type { TokenRevocations } from './token-revocations.ts';

/** What ended: one token, or all of an officer's. */
export type TokenEnd = { readonly jti: string } | { readonly officer: OfficerId };

export type TokenOptions = {
  /** The node's private key, Ed25519 or P-256. */
  readonly key: JWK;
  /** The node's origin: both issuer and audience, so that no token is good at another node. */
  readonly origin: string;
  readonly revocations: TokenRevocations;
  /** The longest lifetime that is given, in milliseconds; 24 hours unless told. */
  readonly maxTtl?: number;
  /** Called at once when tokens are revoked: end their streams. */
  readonly onEnd?: (end: TokenEnd) => void;
  readonly now?: () => number;
};

/** A token that was verified. Times in milliseconds since 1970. */
export type VerifiedToken = {
  readonly jti: string;
  readonly officer: OfficerId;
  readonly purposes: readonly string[] | undefined;
  readonly issuedAt: number;
  readonly expiresAt: number;
};

/** What is needed to tell whether a token was revoked. */
export type TokenRef = Pick<VerifiedToken, 'jti' | 'officer' | 'issuedAt'>;

export type MintedToken = { readonly token: string; readonly jti: string; readonly expiresAt: number };

/** Bearer tokens of programs: JWTs that this node signs for itself. */
export type Tokens = {
  /** `ttl` in milliseconds; 1 hour unless told. `configuration` where ttl or a purpose is impossible. */
  readonly mint: (grant: {
    readonly officer: OfficerId;
    readonly purposes?: readonly string[];
    readonly ttl?: number;
  }) => Promise<MintedToken>;
  /** `token-invalid`, `token-expired` or `token-revoked`. */
  readonly verify: (token: string) => Promise<VerifiedToken>;
  /** Whether a token that was verified has been revoked here since; answers at once. */
  readonly hasEnded: (token: TokenRef) => boolean;
  /** Revokes one token and ends its streams. */
  readonly revoke: (jti: string) => Promise<void>;
  /**
   * Revokes every token of an officer and ends their streams. Tokens carry whole seconds: one minted within the
   * same second is refused, too.
   */
  readonly revokeAll: (officer: OfficerId) => Promise<void>;
};

// A type of its own (RFC 8725 section 3.11): an ID token of the same key must never pass for a bearer token.
const TYPE = 'concord-token+jwt';
const HOUR = 3_600_000;
const MAX_LENGTH = 4096;
/** Verified tokens remembered, so that a busy program costs one signature check and not one a request. */
const MAX_CACHED = 10_000;

export async function createTokens(options: TokenOptions): Promise<Tokens> {
  const { origin, revocations, maxTtl = 24 * HOUR, onEnd = () => {}, now = Date.now } = options;
  const key = await importNodeKey(options.key);
  const verified = new Map<string, VerifiedToken>();
  const ended = new EndedIds();
  const endedUpTo = new Map<OfficerId, number>();

  /** Held in memory first: should the revocations then fail, the token stays over here and the caller hears of it. */
  const hasEnded = ({ jti, officer, issuedAt }: TokenRef): boolean =>
    ended.has(jti) || issuedAt <= (endedUpTo.get(officer) ?? Number.NEGATIVE_INFINITY);

  async function checkOnce(token: string): Promise<VerifiedToken> {
    const digest = secretHash(token);
    const known = verified.get(digest);
    if (known !== undefined) return known;
    const fresh = await verifySignature(token, key, origin, now());
    verified.set(digest, fresh);
    if (verified.size > MAX_CACHED) {
      const [oldest] = verified.keys();
      if (oldest !== undefined) verified.delete(oldest);
    }
    return fresh;
  }

  return {
    mint: async ({ officer, purposes, ttl = HOUR }) => {
      if (!(ttl >= 1000 && ttl <= maxTtl))
        throw new IdentityError('configuration', `a token lives 1 to ${maxTtl / 1000} seconds`);
      if (purposes?.some((purpose) => !/^[a-z][a-z0-9-]{0,62}$/.test(purpose)))
        throw new IdentityError('configuration', 'a purpose is a short name in lower case');
      const issuedAt = Math.floor(now() / 1000);
      const expires = issuedAt + Math.floor(ttl / 1000);
      const jti = randomUUID();
      const token = await new SignJWT(purposes === undefined ? {} : { purposes: [...new Set(purposes)] })
        .setProtectedHeader({ alg: key.alg, typ: TYPE, kid: key.kid })
        .setIssuer(origin)
        .setAudience(origin)
        .setSubject(officer)
        .setJti(jti)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .sign(key.privateKey);
      return { token, jti, expiresAt: expires * 1000 };
    },
    verify: async (token) => {
      if (token.length > MAX_LENGTH)
        throw new IdentityError('token-invalid', 'longer than any of our tokens');
      const found = await checkOnce(token);
      // Asked each time: what was good a moment ago may be over now.
      if (found.expiresAt <= now()) throw new IdentityError('token-expired', `token ${found.jti} is over`);
      if (await revocations.isRevoked(found))
        throw new IdentityError('token-revoked', `token ${found.jti} was revoked`);
      return found;
    },
    hasEnded,
    revoke: async (jti) => {
      ended.add(jti);
      onEnd({ jti });
      await revocations.revoke(jti, now() + maxTtl);
      await revocations.prune(now());
    },
    revokeAll: async (officer) => {
      const at = now();
      endedUpTo.set(officer, at);
      onEnd({ officer });
      await revocations.revokeOfficer(officer, at, at + maxTtl);
      await revocations.prune(now());
    },
  };
}

async function verifySignature(
  token: string,
  key: NodeKey,
  origin: string,
  at: number,
): Promise<VerifiedToken> {
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(token, key.publicKey, {
      algorithms: [key.alg],
      typ: TYPE,
      issuer: origin,
      audience: origin,
      requiredClaims: ['sub', 'jti', 'iat', 'exp'],
      currentDate: new Date(at),
    }));
  } catch (cause) {
    const code = cause instanceof errors.JWTExpired ? 'token-expired' : 'token-invalid';
    throw new IdentityError(code, 'the token is not good here', { cause });
  }
  const { sub, jti, iat, exp, purposes } = payload;
  const texts = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (sub === undefined || !isOfficerId(sub) || jti === undefined || iat === undefined || exp === undefined)
    throw new IdentityError('token-invalid', 'a token names its officer');
  if (purposes !== undefined && !texts(purposes))
    throw new IdentityError('token-invalid', 'purposes are names');
  return { jti, officer: sub, purposes, issuedAt: iat * 1000, expiresAt: exp * 1000 };
}
