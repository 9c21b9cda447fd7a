import { isOfficerId, type OfficerId, type PartyId, partyOf } from '@concord/label';
import { canonicalJson } from '@concord/ledger';
import type { JWK } from 'jose';
import { AuthorityError } from '../error.ts';
import { openStatement, type PartyKeys, signStatement } from './keys.ts';

/** What a home authority says of its officer. Instants in milliseconds UTC. */
export interface Clearance {
  readonly id: string;
  readonly party: PartyId;
  readonly officer: OfficerId;
  readonly level: string;
  /** `tagSet:value`. */
  readonly compartments: readonly string[];
  readonly nationality?: string;
  readonly from: number;
  readonly until: number;
  /** Where its issuer says whether it still holds. */
  readonly status?: string;
}

/** The home authority takes a certificate back. */
export interface Withdrawal {
  readonly party: PartyId;
  readonly clearance: string;
  readonly at: number;
  readonly reason: string;
}

export const CLEARANCE_TYPE = 'concord-clearance+jws';
export const WITHDRAWAL_TYPE = 'concord-withdrawal+jws';

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** A certificate, in the registered claims of a JWT (RFC 7519) where there is one. */
export const issueClearance = (of: Clearance, key: JWK): Promise<string> =>
  signStatement(
    CLEARANCE_TYPE,
    canonicalJson({
      jti: of.id,
      iss: of.party,
      sub: of.officer,
      level: of.level,
      compartments: [...of.compartments].sort(),
      nbf: seconds(of.from),
      exp: seconds(of.until),
      ...(of.nationality !== undefined && { nationality: of.nationality }),
      ...(of.status !== undefined && { status: of.status }),
    }),
    key,
  );

export const withdrawClearance = ({ party, clearance, at, reason }: Withdrawal, key: JWK): Promise<string> =>
  signStatement(WITHDRAWAL_TYPE, canonicalJson({ iss: party, clearance, iat: seconds(at), reason }), key);

const isText = (value: unknown, most = 200): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;
const isSecond = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 253_402_300_800;

/** What the payload says of who has issued it, before any key has been tried. */
function issuer(jws: string): PartyId {
  try {
    const payload = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as {
      iss?: unknown;
    };
    if (isText(payload?.iss)) return payload.iss as PartyId;
  } catch {
    // Whatever it is, it is no statement of a party.
  }
  throw new AuthorityError('bad-signature', 'this is no statement of a party');
}

async function opened(typ: string, jws: string, keys: PartyKeys): Promise<Record<string, unknown>> {
  const text = await openStatement(typ, jws, keys.get(issuer(jws)) ?? []);
  return JSON.parse(text) as Record<string, unknown>;
}

/**
 * Reads a certificate. An officer is cleared by its own party only.
 * @throws AuthorityError `bad-signature`, `bad-clearance`
 */
export async function readClearance(jws: string, keys: PartyKeys): Promise<Clearance> {
  const claims = await opened(CLEARANCE_TYPE, jws, keys);
  const { jti, iss, sub, level, compartments, nationality, nbf, exp, status } = claims;
  const refused = (why: string) => new AuthorityError('bad-clearance', why);
  if (!isText(jti, 100) || !/^[\w.:-]+$/.test(jti)) throw refused('jti is no identifier');
  if (!isText(sub) || !isOfficerId(sub)) throw refused('sub is no officer: name@party');
  if (partyOf(sub) !== iss) throw refused('an officer is cleared by its own party');
  if (!isText(level)) throw refused('level is missing');
  if (!Array.isArray(compartments) || !compartments.every((one) => isText(one)))
    throw refused('compartments is a list of tagSet:value');
  if (!isSecond(nbf) || !isSecond(exp) || nbf >= exp) throw refused('nbf and exp are no validity');
  if (nationality !== undefined && !isText(nationality, 3)) throw refused('nationality is a country code');
  if (status !== undefined && !isText(status, 500)) throw refused('status is no address');
  return {
    id: jti,
    party: iss as PartyId,
    officer: sub,
    level,
    compartments: [...new Set(compartments as string[])].sort(),
    ...(nationality !== undefined && { nationality }),
    from: nbf * 1000,
    until: exp * 1000,
    ...(status !== undefined && { status }),
  };
}

/** @throws AuthorityError `bad-signature`, `bad-clearance` */
export async function readWithdrawal(jws: string, keys: PartyKeys): Promise<Withdrawal> {
  const { iss, clearance, iat, reason } = await opened(WITHDRAWAL_TYPE, jws, keys);
  if (!isText(clearance) || !isSecond(iat) || typeof reason !== 'string' || reason.length > 2000)
    throw new AuthorityError('bad-clearance', 'this withdraws no certificate');
  return { party: iss as PartyId, clearance, at: iat * 1000, reason };
}
