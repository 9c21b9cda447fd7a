import { randomUUID } from 'node:crypto';
import { confirmedUntil, type Terms } from '@concord/agreement';
import type { GrantFacts } from '@concord/gate';
import { type AgreementId, dominates, type GrantId, type OfficerId, type PartyId } from '@concord/label';
import type { Agreements } from './agreements.ts';
import type { Clearances } from './clearances.ts';
import type { Enacted } from './enactment.ts';
import { AuthorityError } from './error.ts';
import { accept, acceptsFor, isComplete, mayNominate, type Nomination } from './grant/nomination.ts';
import { account, accountEnd, type House, officerIn, recorded, tell } from './house.ts';
import { type Grant, type GrantState, grantState, type Officer } from './records.ts';
import { isAuthority } from './version/may.ts';
import { mayKnow as mayKnowVersion } from './version/versions.ts';

export interface GrantView {
  readonly grant: Grant;
  readonly state: GrantState | 'nominated' | 'no-clearance';
  readonly mayRevoke: boolean;
  readonly mayAccept: boolean;
}

/** What is asked for when an officer is nominated. */
export interface Wish {
  readonly officer: OfficerId;
  readonly agreement: string;
  readonly level: string;
  readonly compartments: readonly string[];
  readonly purposes: readonly string[];
  readonly from: number;
  readonly until: number;
  /** The certificate that it rests on. */
  readonly clearance?: string;
  /** In an emergency, without a certificate: why. */
  readonly breakGlass?: string;
}

/** The longest that broken glass stays broken. */
export const BREAK_GLASS_MS = 24 * 3_600_000;

/** Grants from nomination to end: two persons, one from each side, for every one; one alone revokes. */
export class Grants {
  readonly #house: House;
  readonly #agreements: Agreements;
  readonly #clearances: Clearances;
  readonly #grants: Map<GrantId, Grant>;
  readonly #nominations: Map<string, Nomination>;
  readonly #byOfficer = new Map<OfficerId, Set<GrantId>>();

  constructor(
    house: House,
    parts: {
      readonly agreements: Agreements;
      readonly clearances: Clearances;
      readonly grants: readonly Grant[];
      readonly nominations: ReadonlyMap<string, Nomination>;
    },
  ) {
    this.#house = house;
    this.#agreements = parts.agreements;
    this.#clearances = parts.clearances;
    this.#grants = new Map();
    for (const one of parts.grants) this.#keep(one);
    this.#nominations = new Map(
      // One that is kept as a grant was accepted, whatever a crash has left of the record.
      [...parts.nominations].filter(([id]) => !this.#grants.has(id as GrantId)),
    );
  }

  #keep(grant: Grant): void {
    this.#grants.set(grant.id, grant);
    const own = this.#byOfficer.get(grant.officer) ?? new Set();
    this.#byOfficer.set(grant.officer, own.add(grant.id));
  }

  /** A grant's state with that of the certificate that it rests on. */
  #stateOf(grant: Grant, now: number): GrantState | 'no-clearance' {
    const state = grantState(grant, now);
    if (state !== 'active' || grant.clearance === undefined) return state;
    const certificate = this.#clearances.of(grant.officer, grant.clearance);
    if (!certificate || certificate.withdrawn) return 'no-clearance';
    const { from, until } = certificate.clearance;
    return from <= now && now < until ? 'active' : 'no-clearance';
  }

  /** Grants of an officer that are valid now, as far as verdicts depend on them. */
  facts(officer: OfficerId, now: number): GrantFacts[] {
    return [...(this.#byOfficer.get(officer) ?? [])]
      .flatMap((id) => this.#grants.get(id) ?? [])
      .filter((one) => this.#stateOf(one, now) === 'active' && !this.#house.enactment.isClosed(one.agreement))
      .map((grant) => ({
        agreement: grant.agreement,
        level: grant.level,
        compartments: [...grant.compartments].sort(),
        purposes: [...grant.purposes].sort(),
        ...(now < (this.#confirmedUntil(grant) ?? Number.NEGATIVE_INFINITY) && { confirmed: true as const }),
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }

  /**
   * Until when the home authority's confirmation, which is its certificate, is as fresh as the agreement asks; undefined
   * where the agreement asks for none.
   */
  #confirmedUntil({ officer, agreement, clearance }: Grant): number | undefined {
    const terms = this.#termsOf(agreement);
    const party = this.#house.officers.get(officer)?.party;
    if (!terms || !party) return undefined;
    const certificate = clearance === undefined ? undefined : this.#clearances.of(officer, clearance);
    const until = confirmedUntil(terms, party, certificate?.clearance.from);
    return until === Number.POSITIVE_INFINITY ? undefined : until;
  }

  /** Instants at which a grant begins or ends by itself. */
  *instants(): Generator<number> {
    for (const grant of this.#grants.values())
      if (!grant.revoked) yield* [grant.from, grant.until, this.#confirmedUntil(grant) ?? grant.until];
    for (const { clearance, withdrawn } of this.#clearances.all)
      if (!withdrawn) yield* [clearance.from, clearance.until];
  }

  /** Agreements of grants that rest on a certificate, with their parties. */
  on(officer: OfficerId, clearance: string): Map<AgreementId, PartyId[]> {
    const found = new Map<AgreementId, PartyId[]>();
    for (const one of this.#grants.values())
      if (one.officer === officer && one.clearance === clearance)
        found.set(one.agreement, this.#parties(one.agreement));
    return found;
  }

  #parties(agreement: AgreementId): PartyId[] {
    return (this.#termsOf(agreement)?.parties ?? []).map((one) => one.id);
  }

  #termsOf(agreement: string): Terms | undefined {
    return this.#agreements.current().find((one) => one.terms.id === agreement)?.terms;
  }

  views(viewer: OfficerId): GrantView[] {
    const who = this.#house.officers.get(viewer);
    if (!who) return [];
    const now = this.#house.now();
    const pending = [...this.#nominations.values()].filter((one) => one.state === 'nominated');
    return [
      ...[...this.#grants.values()]
        .filter((grant) => this.#mayKnow(who, grant))
        .map((grant) => ({
          grant,
          state: this.#stateOf(grant, now),
          mayRevoke: this.#mayRevoke(who, grant),
          mayAccept: false,
        })),
      ...pending
        .filter(({ grant }) => this.#mayKnow(who, grant))
        .map((one) => ({
          grant: { ...one.grant, approvedBy: [one.grant.sponsor, ...one.accepted.values()] },
          state: 'nominated' as const,
          mayRevoke: this.#mayRevoke(who, one.grant),
          mayAccept: this.#acceptsFor(who, one).length > 0,
        })),
    ];
  }

  /** A grant concerns its officer, the parties of its agreement, and the authority. */
  #mayKnow(who: Officer, grant: Grant): boolean {
    if (grant.officer === who.id || isAuthority(who)) return true;
    return this.#agreements
      .current()
      .some((one) => one.terms.id === grant.agreement && mayKnowVersion(who, one));
  }

  /** Narrowing takes one: the authority, an officer of a party whose data it opens, who sponsored it, or the officer. */
  #mayRevoke(who: Officer, grant: Grant): boolean {
    if (!this.#mayKnow(who, grant)) return false;
    const own = this.#house.officers.get(grant.officer)?.party;
    return isAuthority(who) || grant.officer === who.id || grant.sponsor === who.id || who.party !== own;
  }

  #acceptsFor(who: Officer, nomination: Nomination): PartyId[] {
    const terms = this.#termsOf(nomination.grant.agreement);
    return terms ? acceptsFor(who, nomination, terms).filter((one) => !nomination.accepted.has(one)) : [];
  }

  /** The first of two persons. @throws AuthorityError `no-such-agreement`, `not-yours-to-do`, `bad-grant` */
  async nominate(viewer: OfficerId, wish: Wish): Promise<GrantView> {
    const house = this.#house;
    const who = officerIn(house, viewer);
    const version = this.#agreements
      .current()
      .find((one) => one.terms.id === wish.agreement && mayKnowVersion(who, one));
    if (!version) throw new AuthorityError('no-such-agreement', `there is no agreement ${wish.agreement}`);
    const officer = house.officers.get(wish.officer);
    if (!officer || !mayNominate(who, officer))
      throw new AuthorityError(
        'not-yours-to-do',
        'a person who speaks for its party nominates another of its own',
      );
    this.#mustBeSound(wish, version.terms, officer);
    const grant: Grant = {
      id: randomUUID() as GrantId,
      officer: wish.officer,
      agreement: version.terms.id,
      level: wish.level,
      compartments: [...wish.compartments].sort(),
      purposes: [...wish.purposes].sort(),
      from: wish.from,
      until: wish.until,
      sponsor: viewer,
      approvedBy: [],
      ...(wish.clearance !== undefined && { clearance: wish.clearance }),
      ...(wish.breakGlass !== undefined && { breakGlass: wish.breakGlass }),
    };
    await house.store.record({
      recorded: [recorded(house, `grant/${grant.id}`, viewer, 'nominated', { grant })],
    });
    const nomination: Nomination = { grant, accepted: new Map(), state: 'nominated' };
    this.#nominations.set(grant.id, nomination);
    const parties = this.#parties(grant.agreement);
    if (wish.breakGlass !== undefined)
      tell(house, [], { kind: 'break-glass-asked', subject: grant.id, says: wish.breakGlass });
    await account(house, [
      {
        log: grant.agreement,
        act: 'nominated',
        subject: grant.id,
        by: viewer,
        parties,
        statement: grant.officer,
      },
    ]);
    return {
      grant: { ...grant, approvedBy: [viewer] },
      state: 'nominated',
      mayRevoke: true,
      mayAccept: false,
    };
  }

  #mustBeSound(wish: Wish, terms: Terms, officer: Officer): void {
    const refused = (why: string) => new AuthorityError('bad-grant', why);
    const now = this.#house.now();
    if (wish.from >= wish.until || wish.until <= now) throw refused('it ends before it begins, or has ended');
    const policy = this.#house.policies.get(
      terms.parties.find((one) => one.id === officer.party)?.policy ?? ('' as never),
    );
    if (!policy?.levels.includes(wish.level))
      throw refused(`${wish.level} is no level of its officer's policy`);
    if (wish.breakGlass !== undefined) {
      if (wish.breakGlass.trim() === '') throw refused('broken glass takes a reason');
      if (wish.until - Math.max(now, wish.from) > BREAK_GLASS_MS || wish.from > now + 60_000)
        throw refused('broken glass begins at once and lasts 24 hours at most');
      return;
    }
    const certificate =
      wish.clearance === undefined ? undefined : this.#clearances.of(officer.id, wish.clearance);
    if (!certificate) throw refused('it rests on a clearance certificate of its officer');
    const { clearance } = certificate;
    if (certificate.withdrawn || clearance.until <= now)
      throw refused('its certificate does not hold any more');
    if (!dominates(policy, clearance.level, wish.level))
      throw refused('its certificate does not reach that level');
    const lacks = wish.compartments.find((one) => !clearance.compartments.includes(one));
    if (lacks) throw refused(`its certificate does not hold ${lacks}`);
  }

  /** The other side accepts. With the last that must, the grant is in force. */
  async accept(viewer: OfficerId, id: string): Promise<GrantView> {
    const house = this.#house;
    const who = officerIn(house, viewer);
    const nomination = this.#nominations.get(id);
    if (nomination?.state !== 'nominated' || !this.#mayKnow(who, nomination.grant))
      throw new AuthorityError('no-such-grant', `there is no grant "${id}"`);
    const [first, ...more] = this.#acceptsFor(who, nomination);
    const terms = this.#termsOf(nomination.grant.agreement);
    if (!first || !terms)
      throw new AuthorityError(
        'not-yours-to-do',
        'a release authority of the other side accepts, not its sponsor',
      );
    const officer = officerIn(house, nomination.grant.officer);
    this.#mustBeSound(
      { ...nomination.grant, from: Math.max(nomination.grant.from, house.now()) },
      terms,
      officer,
    );
    const accepted = [first, ...more].reduce((one, party) => accept(one, party, viewer), nomination);
    const events = [first, ...more].map((party) =>
      recorded(house, `grant/${id}`, viewer, 'accepted', { party }),
    );
    if (!isComplete(accepted, terms, officer.party)) {
      await house.store.record({ recorded: events });
      this.#nominations.set(id, accepted);
      return { grant: accepted.grant, state: 'nominated', mayRevoke: true, mayAccept: false };
    }
    // Nobody accepts it a second time while it is being written.
    this.#nominations.set(id, { ...accepted, state: 'accepted' });
    const approvedBy = [...new Set([nomination.grant.sponsor, ...accepted.accepted.values()])];
    const grant: Grant = { ...nomination.grant, approvedBy };
    try {
      await house.enactment.widen(
        {
          officers: new Set([grant.officer]),
          entry: {
            recorded: [...events, recorded(house, `grant/${id}`, viewer, 'granted')],
            granted: [grant],
          },
          says: { granted: id, by: viewer },
        },
        () => this.#granted(grant),
      );
    } catch (cause) {
      if (!this.#grants.has(grant.id)) this.#nominations.set(id, nomination);
      throw cause;
    }
    house.rearm();
    await this.#tellGranted(viewer, grant);
    return { grant, state: this.#stateOf(grant, house.now()), mayRevoke: true, mayAccept: false };
  }

  /** It may have been revoked while it was being written: then it never opens anything. */
  #granted(grant: Grant): void {
    if (this.#nominations.get(grant.id)?.state === 'accepted') this.#keep(grant);
    this.#nominations.delete(grant.id);
  }

  async #tellGranted(viewer: OfficerId, grant: Grant): Promise<void> {
    const house = this.#house;
    const parties = this.#parties(grant.agreement);
    const broken = grant.breakGlass;
    if (broken !== undefined)
      tell(house, parties, { kind: 'break-glass', subject: grant.id, says: `${grant.officer}: ${broken}` });
    await account(house, [
      {
        log: grant.agreement,
        act: broken === undefined ? 'granted' : 'break-glass',
        subject: grant.id,
        by: viewer,
        parties,
        statement: broken ?? grant.officer,
      },
    ]);
  }

  /**
   * Revokes a grant, or a nomination. What is open under it is cut before this returns.
   * @throws AuthorityError `no-such-grant`, `not-yours-to-do`
   */
  async revoke(viewer: OfficerId, id: string, reason: string): Promise<Enacted> {
    const house = this.#house;
    const who = house.officers.get(viewer);
    const grant = this.#grants.get(id as GrantId) ?? this.#nominations.get(id)?.grant;
    if (!who || !grant || !this.#mayKnow(who, grant))
      throw new AuthorityError('no-such-grant', `there is no grant "${id}"`);
    if (!this.#mayRevoke(who, grant))
      throw new AuthorityError('not-yours-to-do', 'you may not revoke this grant');
    const { epoch } = house.enactment;
    if (grant.revoked) return { epoch, at: new Date(grant.revoked.at).toISOString(), cutoffs: [] };
    const revoked = { at: house.now(), by: viewer };
    const nomination = this.#nominations.get(id);
    if (nomination) this.#nominations.set(id, { ...nomination, state: 'revoked' });
    if (this.#grants.has(grant.id)) this.#grants.set(grant.id, { ...grant, revoked });
    // From here to the hold nothing is awaited: one turn.
    const log = grant.agreement;
    return await house.enactment.enact({
      officers: new Set([grant.officer]),
      entry: {
        recorded: [recorded(house, `grant/${id}`, viewer, 'revoked', { reason })],
        revoked: { id: grant.id, ...revoked },
      },
      says: { revoked: id, by: viewer, reason },
      account: (cutoffs) =>
        accountEnd(house, { log, target: 'grant', subject: id, parties: this.#parties(log) }, cutoffs),
    });
  }
}
