import { setTimeout as sleep } from 'node:timers/promises';
import type { AgreementState, AssuranceStanding, GrantFacts, World } from '@concord/gate';
import type { GrantId, OfficerId, PartyId, Policies } from '@concord/label';
import type { Cutoff, OfficerFacts, Principal, Release } from '@concord/release';
import { AuthorityError } from './error.ts';
import {
  type Agreement,
  type AuthorityStore,
  type Grant,
  type GrantState,
  grantState,
  type Officer,
} from './records.ts';

export interface AuthorityOptions {
  readonly policies: Policies;
  readonly officers: readonly Officer[];
  readonly agreements: readonly Agreement[];
  readonly grants: readonly Grant[];
  readonly store: AuthorityStore;
  readonly epoch: number;
  /** Milliseconds UTC. */
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
}

export interface Revocation {
  readonly epoch: number;
  /** ISO 8601, UTC: nothing was released under the grant after this instant. */
  readonly at: string;
  readonly cutoffs: readonly Cutoff[];
  /** The hold stands, but it is not durable yet; it is being written. */
  readonly pending?: true;
}

export interface GrantView {
  readonly grant: Grant;
  readonly state: GrantState;
  readonly mayRevoke: boolean;
}

/** Node timers hold 31 bits of milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The world as it stands at an instant. */
export function worldAt(
  policies: Policies,
  agreements: readonly Agreement[],
  epoch: number,
  now: number,
): World {
  return {
    epoch,
    policies,
    agreements: agreements.map(({ terms, suspended, confirmedAt }): AgreementState => {
      const { from, until } = terms.inForce;
      const standing = suspended ? 'suspended' : now < from ? 'not-yet' : now >= until ? 'ended' : 'in-force';
      const assurances = new Map<string, AssuranceStanding>(
        terms.assurances.map(({ id, review }) => [
          id,
          review !== undefined && now >= confirmedAt + review ? 'lapsed' : 'live',
        ]),
      );
      return { terms, standing, assurances };
    }),
  };
}

/**
 * The life cycle of agreements and grants. Narrowing takes one and bites at once; what time brings about (a grant
 * that expires, an agreement that ends, an assurance that lapses) takes effect by itself.
 */
export class Authority {
  readonly #options: AuthorityOptions;
  #release: Release | undefined;
  readonly #officers: ReadonlyMap<OfficerId, Officer>;
  readonly #grants: Map<GrantId, Grant>;
  readonly #agreements: readonly Agreement[];
  #epoch: number;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: AuthorityOptions) {
    this.#options = options;
    this.#officers = new Map(options.officers.map((one) => [one.id, one]));
    this.#grants = new Map(options.grants.map((one) => [one.id, one]));
    this.#agreements = options.agreements;
    this.#epoch = options.epoch;
  }

  get world(): World {
    return worldAt(this.#options.policies, this.#agreements, this.#epoch, this.#options.now());
  }

  /** Puts what stands now in force at the point of release. */
  govern(release: Release): void {
    this.#release = release;
    for (const officer of this.#officers.keys()) release.introduce(officer, this.#facts(officer));
    this.#arm();
  }

  officer(id: string): Officer | undefined {
    return this.#officers.get(id as OfficerId);
  }

  /** Facts of an officer as they stand now; an officer that is not known has none. */
  #facts(id: OfficerId): OfficerFacts {
    const officer = this.#officers.get(id);
    if (!officer) throw new AuthorityError('bad-officer', `${id} is not known`);
    const now = this.#options.now();
    const grants = [...this.#grants.values()]
      .filter((grant) => grant.officer === id && grantState(grant, now) === 'active')
      .map(
        ({ agreement, level, compartments, purposes }): GrantFacts => ({
          agreement,
          level,
          compartments: [...compartments].sort(),
          purposes: [...purposes].sort(),
        }),
      )
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const { party, roles, nationality, home } = officer;
    return {
      party,
      roles: [...roles].sort(),
      ...(nationality !== undefined && { nationality }),
      home: { level: home.level, compartments: [...home.compartments].sort() },
      grants,
    };
  }

  #isAuthority(viewer: OfficerId): boolean {
    return this.#officers.get(viewer)?.roles.includes('authority') ?? false;
  }

  /** Agreements that a viewer may know of: those of its party; the authority knows all. */
  agreements(viewer: OfficerId): readonly Agreement[] {
    const party = this.#officers.get(viewer)?.party;
    return this.#agreements.filter(
      ({ terms }) => this.#isAuthority(viewer) || terms.parties.some((one) => one.id === party),
    );
  }

  /** Logs that a viewer may read, with the parties of each. */
  logs(viewer: OfficerId): string[] {
    const party = this.#officers.get(viewer)?.party;
    const agreements = this.agreements(viewer).map(({ terms }) => terms.id as string);
    const parties = this.#isAuthority(viewer)
      ? [...new Set(this.#agreements.flatMap(({ terms }) => terms.parties.map((one) => one.id)))]
      : party
        ? [party]
        : [];
    return [...agreements, ...parties.map((one) => `home-${one}`)];
  }

  grants(viewer: OfficerId): GrantView[] {
    const now = this.#options.now();
    return [...this.#grants.values()]
      .filter((grant) => this.#mayKnow(viewer, grant))
      .map((grant) => ({ grant, state: grantState(grant, now), mayRevoke: this.#mayRevoke(viewer, grant) }));
  }

  /** A grant concerns its officer, the parties whose data it opens, and the authority. */
  #mayKnow(viewer: OfficerId, grant: Grant): boolean {
    return (
      grant.officer === viewer ||
      this.#isAuthority(viewer) ||
      this.agreements(viewer).some(({ terms }) => terms.id === grant.agreement)
    );
  }

  /** Narrowing takes one: the authority, an officer of a party whose data the grant opens, or the officer itself. */
  #mayRevoke(viewer: OfficerId, grant: Grant): boolean {
    if (!this.#mayKnow(viewer, grant)) return false;
    const party = this.#officers.get(viewer)?.party;
    return (
      this.#isAuthority(viewer) ||
      grant.officer === viewer ||
      party !== this.#officers.get(grant.officer)?.party
    );
  }

  /**
   * Revokes a grant. What is open under it is cut before this returns.
   * @throws AuthorityError `no-such-grant`, `not-yours-to-do`
   */
  async revoke(viewer: OfficerId, id: string, reason: string): Promise<Revocation> {
    const grant = this.#grants.get(id as GrantId);
    if (!grant || !this.#mayKnow(viewer, grant))
      throw new AuthorityError('no-such-grant', `there is no grant "${id}"`);
    if (!this.#mayRevoke(viewer, grant))
      throw new AuthorityError('not-yours-to-do', 'you may not revoke this grant');
    if (grant.revoked)
      return { epoch: this.#epoch, at: new Date(grant.revoked.at).toISOString(), cutoffs: [] };
    const release = this.#governed();
    const { store, now } = this.#options;
    const revoked = { at: now(), by: viewer };
    this.#grants.set(grant.id, { ...grant, revoked });
    const epoch = ++this.#epoch;
    // From this line to the hold inside `narrow` nothing is awaited: one turn.
    release.introduce(grant.officer, this.#facts(grant.officer));
    const write = () => store.revokeGrant(grant.id, revoked.at, viewer, epoch, reason);
    const done = await release.narrow(
      (principal) => principal.officer === grant.officer,
      async () => {
        release.standing.setEpoch(epoch);
        await write();
      },
    );
    if (done.pending) void this.#insist(write, grant.officer);
    const terms = this.#agreements.find((one) => one.terms.id === grant.agreement)?.terms;
    if (terms && !done.pending) {
      const parties = terms.parties.map((one) => one.id);
      await release.receipts.revoked(terms.id, grant.id, parties, done.cutoffs).catch(this.#options.onError);
    }
    return {
      epoch,
      at: new Date(done.at).toISOString(),
      cutoffs: done.cutoffs,
      ...(done.pending && { pending: true as const }),
    };
  }

  /** Writes what holds already until it is durable. */
  async #insist(write: () => Promise<void>, officer: OfficerId): Promise<void> {
    for (let wait = 200; !this.#closed; wait = Math.min(wait * 2, 10_000)) {
      await sleep(wait);
      try {
        await write();
        // What the officer still may have goes on.
        await this.#governed().narrow(
          (principal) => principal.officer === officer,
          async () => undefined,
        );
        return;
      } catch (cause) {
        this.#options.onError(cause);
      }
    }
  }

  #governed(): Release {
    if (!this.#release) throw new AuthorityError('bad-officer', 'nothing is governed yet');
    return this.#release;
  }

  /** The next instant at which something begins or ends. */
  #nextChange(now: number): number {
    const instants = [
      ...[...this.#grants.values()].flatMap(({ from, until, revoked }) => (revoked ? [] : [from, until])),
      ...this.#agreements.flatMap(({ terms, confirmedAt }) => [
        terms.inForce.from,
        terms.inForce.until,
        ...terms.assurances.flatMap(({ review }) => (review === undefined ? [] : [confirmedAt + review])),
      ]),
    ];
    return Math.min(...instants.filter((one) => one > now), Number.MAX_SAFE_INTEGER);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const now = this.#options.now();
    const wait = Math.min(this.#nextChange(now) - now, LONGEST_TIMER);
    this.#timer = setTimeout(
      () =>
        void this.refresh()
          .catch(this.#options.onError)
          .finally(() => this.#arm()),
      wait,
    );
    this.#timer.unref();
  }

  /** Puts in force what time has brought about. */
  async refresh(): Promise<void> {
    const release = this.#governed();
    const world = this.world;
    const standings = (one: World) =>
      JSON.stringify(
        one.agreements.map(({ terms, standing, assurances }) => [terms.id, standing, [...assurances]]),
      );
    const worldChanged = standings(world) !== standings(release.standing.world);
    const changed = new Set<OfficerId>();
    for (const id of this.#officers.keys()) {
      const facts = this.#facts(id);
      if (JSON.stringify(facts) === JSON.stringify(release.standing.officer(id))) continue;
      changed.add(id);
      release.introduce(id, facts);
    }
    if (!worldChanged && changed.size === 0) return;
    const epoch = ++this.#epoch;
    const concerns = ({ officer, party }: Principal) =>
      changed.has(officer) || (worldChanged && this.#isBound(party));
    await release.narrow(concerns, async () => {
      if (worldChanged) await release.standing.setWorld({ ...world, epoch });
      else release.standing.setEpoch(epoch);
      await this.#options.store.addEpoch(epoch, this.#options.now(), {
        officers: [...changed],
        world: worldChanged,
      });
    });
  }

  #isBound(party: PartyId): boolean {
    return this.#agreements.some(({ terms }) => terms.parties.some((one) => one.id === party));
  }

  /** The number of a change that is decided elsewhere, such as a recall. */
  nextEpoch(): number {
    return ++this.#epoch;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
