import { isOfficerId, type OfficerId } from '@concord/label';
import { IdentityError } from './error.ts';

/** Claims of an ID token, as verified. */
export type Claims = Readonly<Record<string, unknown>>;

/** Which claim names the officer, and for whom its values stand. */
export type OfficerMapping = {
  readonly claim: string;
  /** Officers by value of the claim. Without it, the value must be an officer's id itself. */
  readonly officers?: Readonly<Record<string, OfficerId>>;
};

/** The officer for whom verified claims stand; `officer-unmapped` where there is none. */
export function officerOf(claims: Claims, { claim, officers }: OfficerMapping): OfficerId {
  const value = claims[claim];
  if (typeof value !== 'string') throw new IdentityError('officer-unmapped', `the claim ${claim} is no text`);
  // Anybody can enter anybody's address at many issuers: it counts once the issuer has checked it.
  if (claim === 'email' && claims['email_verified'] !== true)
    throw new IdentityError('officer-unmapped', 'the issuer has not verified the address');
  if (officers !== undefined) {
    const officer = Object.hasOwn(officers, value) ? officers[value] : undefined;
    if (officer === undefined)
      throw new IdentityError('officer-unmapped', `no officer for ${claim} ${value}`);
    return officer;
  }
  if (!isOfficerId(value)) throw new IdentityError('officer-unmapped', `${claim} ${value} is no officer`);
  return value;
}
