import { isOfficerId, type OfficerId } from '@concord/label';
import { IdentityError } from './error.ts';
import { verifyPassword } from './password.ts';
import { Throttle, type ThrottleLimit } from './throttle.ts';

/** Somebody who logs in with a password at the embedded issuer. */
export type Account = { readonly officer: OfficerId; readonly passwordHash: string };

/** Finds an account; anything that holds them can be one. */
export type FindAccount = (officer: OfficerId) => Promise<Account | undefined>;

/** Accounts held in memory. */
export function accountsOf(accounts: Iterable<Account>): FindAccount {
  const byOfficer = new Map([...accounts].map((account) => [account.officer, account]));
  return async (officer) => byOfficer.get(officer);
}

const MINUTE = 60_000;
const PER_ACCOUNT: ThrottleLimit = { attempts: 5, window: 5 * MINUTE };
const PER_ADDRESS: ThrottleLimit = { attempts: 50, window: 5 * MINUTE };
/** Hashing takes memory and a thread each: beyond this many at once, an attempt is turned away. */
const MAX_AT_ONCE = 8;

/** What the login form sends, and from where. */
export type LoginAttempt = { readonly officer: string; readonly password: string; readonly address: string };

/** Checks a password: `login-failed`, or `login-throttled` with `retryAfter` in seconds. */
export type CheckPassword = (attempt: LoginAttempt) => Promise<OfficerId>;

/**
 * A password check that takes the same time for accounts that do not exist, counts attempts by account and address
 * together (nobody can lock another out) and by address, and forgets them on success.
 */
export function createPasswordCheck(find: FindAccount, now: () => number = Date.now): CheckPassword {
  const byAccount = new Throttle(PER_ACCOUNT, now);
  const byAddress = new Throttle(PER_ADDRESS, now);
  let atOnce = 0;
  return async ({ officer, password, address }) => {
    const name = officer.trim().toLowerCase().slice(0, 200);
    const key = `${address} ${name}`;
    // Counted before the hash is computed, or many attempts at once would all be the first.
    const wait = Math.max(byAccount.take(key), byAddress.take(address));
    if (wait > 0 || atOnce >= MAX_AT_ONCE)
      throw new IdentityError('login-throttled', `too many attempts of ${key}`, {
        retryAfter: Math.max(1, Math.ceil(wait / 1000)),
      });
    atOnce += 1;
    try {
      const account = isOfficerId(name) ? await find(name) : undefined;
      if (!(await verifyPassword(password, account?.passwordHash)) || account === undefined)
        throw new IdentityError('login-failed', `wrong account or password: ${key}`);
      byAccount.clear(key);
      return account.officer;
    } finally {
      atOnce -= 1;
    }
  };
}
