import { type AgreementId, type OfficerId, type PartyId, partyOf } from '@concord/label';
import type { Enacted } from './enactment.ts';
import { AuthorityError } from './error.ts';
import { account, accountEnd, type House, officerIn, recorded } from './house.ts';
import type { Officer, Recorded } from './records.ts';
import { type Clearance, readClearance, readWithdrawal } from './statement/clearance.ts';
import { isAuthority, speaks } from './version/may.ts';

export interface Certificate {
  readonly clearance: Clearance;
  readonly jws: string;
  readonly takenIn: { readonly at: number; readonly by: OfficerId };
  readonly withdrawn?: { readonly at: number; readonly by: OfficerId; readonly reason: string };
}

export type CertificateState = 'valid' | 'not-yet' | 'expired' | 'withdrawn';

export const certificateState = ({ clearance, withdrawn }: Certificate, now: number): CertificateState =>
  withdrawn ? 'withdrawn' : now < clearance.from ? 'not-yet' : now >= clearance.until ? 'expired' : 'valid';

/** Identifiers are each party's own: that another has used one is not even felt. */
const keyOf = (party: PartyId, id: string): string => `${party}/${id}`;

type Facts = { readonly clearance: Clearance; readonly jws: string };

export function restoreCertificates(record: readonly Recorded[]): Map<string, Certificate> {
  const found = new Map<string, Certificate>();
  for (const { subject, kind, facts, at, by } of record) {
    if (!subject.startsWith('clearance/')) continue;
    const key = subject.slice('clearance/'.length);
    if (kind === 'taken-in') found.set(key, { ...(facts as Facts), takenIn: { at, by } });
    const known = found.get(key);
    const { reason } = facts as { reason?: string };
    if (kind === 'withdrawn' && known)
      found.set(key, { ...known, withdrawn: { at, by, reason: reason ?? '' } });
  }
  return found;
}

/** What the clearances need to know of the grants that rest on them. */
export interface RestingGrants {
  /** The agreements of grants on it, with the parties of each. */
  on(officer: OfficerId, clearance: string): ReadonlyMap<AgreementId, readonly PartyId[]>;
}

/** Certificates of home authorities. They say what an officer may be granted; alone they open nothing. */
export class Clearances {
  readonly #house: House;
  readonly #certificates: Map<string, Certificate>;

  constructor(house: House, certificates: ReadonlyMap<string, Certificate>) {
    this.#house = house;
    this.#certificates = new Map(certificates);
  }

  get all(): Iterable<Certificate> {
    return this.#certificates.values();
  }

  /** A certificate of an officer, by its identifier. */
  of(officer: OfficerId, id: string): Certificate | undefined {
    const found = this.#certificates.get(keyOf(partyOf(officer), id));
    return found?.clearance.officer === officer ? found : undefined;
  }

  /** A certificate is its own party's and its officer's to know; others see the grants that rest on it. */
  visible(viewer: OfficerId): Certificate[] {
    const who = this.#house.officers.get(viewer);
    if (!who) return [];
    return [...this.all].filter(({ clearance }) => mayKnow(who, clearance));
  }

  /** Takes a certificate in. @throws AuthorityError `bad-signature`, `bad-clearance`, `not-yours-to-do` */
  async takeIn(viewer: OfficerId, jws: string): Promise<Certificate> {
    const house = this.#house;
    const who = officerIn(house, viewer);
    const clearance = await readClearance(jws, house.keys);
    if (who.party !== clearance.party || !speaks(who))
      throw new AuthorityError(
        'not-yours-to-do',
        'a security officer of its own party hands a certificate in',
      );
    const officer = house.officers.get(clearance.officer);
    if (!officer) throw new AuthorityError('bad-clearance', `${clearance.officer} is not known here`);
    if (clearance.until <= house.now()) throw new AuthorityError('bad-clearance', 'it has expired');
    const key = keyOf(clearance.party, clearance.id);
    const known = this.#certificates.get(key);
    if (known?.jws === jws) return known;
    if (known) throw new AuthorityError('bad-clearance', 'another certificate has this identifier');
    const entry = recorded(house, `clearance/${key}`, viewer, 'taken-in', { clearance, jws });
    await house.store.record({ recorded: [entry] });
    const certificate = { clearance, jws, takenIn: { at: entry.at, by: viewer } };
    this.#certificates.set(key, certificate);
    house.rearm();
    return certificate;
  }

  /** The home authority takes it back, by a signed statement: grants that rest on it end in this turn. */
  async withdraw(viewer: OfficerId, id: string, jws: string, resting: RestingGrants): Promise<Enacted> {
    const house = this.#house;
    const who = officerIn(house, viewer);
    const statement = await readWithdrawal(jws, house.keys);
    const key = keyOf(statement.party, id);
    const known = this.#certificates.get(key);
    if (!known || !mayKnow(who, known.clearance))
      throw new AuthorityError('no-such-clearance', `there is no certificate "${id}"`);
    if (statement.clearance !== id)
      throw new AuthorityError('bad-signature', 'the statement is about another certificate');
    const { officer } = known.clearance;
    const entry = recorded(house, `clearance/${key}`, viewer, 'withdrawn', { reason: statement.reason, jws });
    this.#certificates.set(key, {
      ...known,
      withdrawn: known.withdrawn ?? { at: entry.at, by: viewer, reason: statement.reason },
    });
    return await house.enactment.enact({
      officers: new Set([officer]),
      entry: { recorded: [entry] },
      says: { withdrawn: id, by: viewer },
      account: async (cutoffs) => {
        for (const [log, parties] of resting.on(officer, id)) {
          const of = { log, subject: id, parties };
          await account(house, [{ ...of, act: 'withdrawn', by: viewer, statement: statement.reason }]);
          await accountEnd(house, { ...of, target: 'clearance' }, cutoffs);
        }
      },
    });
  }
}

const mayKnow = (who: Officer, { party }: Clearance): boolean => isAuthority(who) || who.party === party;
