import type { World } from '@concord/gate';
import { VERDICT_ROLES } from '@concord/gate';
import type { OfficerId, PartyId, Policies } from '@concord/label';
import type { OfficerFacts, Release } from '@concord/release';
import { Agreements } from './agreements.ts';
import { Assurances } from './assurances.ts';
import { Clearances, restoreCertificates } from './clearances.ts';
import { type Enacted, Enactment } from './enactment.ts';
import { AuthorityError } from './error.ts';
import { restoreNominations } from './grant/nomination.ts';
import { Grants } from './grants.ts';
import type { ActivationCheck, House, StoredItems } from './house.ts';
import { Incidents } from './incidents.ts';
import type { AuthorityStore, Drafted, Grant, Officer, Recorded } from './records.ts';
import type { PartyKeys } from './statement/keys.ts';
import { isAuthority } from './version/may.ts';
import { instantsOf } from './version/standing.ts';
import { mayKnow, partiesOf, restoreVersions, type Version } from './version/versions.ts';
import { worldOf } from './world.ts';

export interface AuthorityOptions {
  readonly policies: Policies;
  readonly officers: readonly Officer[];
  readonly keys: PartyKeys;
  readonly store: AuthorityStore;
  /** What was kept: drafts, what was decided, grants. */
  readonly kept: {
    readonly drafted: readonly Drafted[];
    readonly recorded: readonly Recorded[];
    readonly grants: readonly Grant[];
    readonly epoch: number;
  };
  readonly checks: readonly ActivationCheck[];
  readonly storedItems?: StoredItems;
  /** Milliseconds UTC. */
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
}

/** Node timers hold 31 bits of milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What is compared of an agreement to see whether its verdicts may have changed. */
const standingText = ({
  terms,
  standing,
  assurances,
  opened,
  suspicion,
}: World['agreements'][number]): string =>
  JSON.stringify([terms.version, standing, [...assurances], opened, suspicion]);

/**
 * The life cycle of agreements, clearances, grants and assurances. Narrowing takes one and bites at once; what time
 * brings about (a grant or certificate that expires, an agreement that begins or ends, an assurance that lapses) takes
 * effect by itself, on the same path.
 */
export class Authority {
  readonly agreements: Agreements;
  readonly clearances: Clearances;
  readonly grants: Grants;
  readonly assurances: Assurances;
  readonly incidents: Incidents;
  readonly #house: House;
  readonly #enactment: Enactment;
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  constructor(options: AuthorityOptions) {
    const { policies, keys, store, kept, now, onError } = options;
    const officers = new Map(options.officers.map((one) => [one.id, one]));
    this.#enactment = new Enactment({
      store,
      epoch: kept.epoch,
      now,
      onError,
      world: () => this.world,
      officers: () => officers.keys(),
      partyOf: (id) => officers.get(id)?.party,
      facts: (id) => this.#facts(id),
    });
    this.#house = {
      officers,
      policies,
      keys,
      store,
      enactment: this.#enactment,
      checks: options.checks,
      ...(options.storedItems && { storedItems: options.storedItems }),
      now,
      onError,
      rearm: () => this.#arm(),
    };
    const unreadable = ({ agreement, version }: Drafted) =>
      onError(
        new AuthorityError(
          'agreement-refused',
          `${agreement} version ${version} cannot be executed any more`,
        ),
      );
    this.agreements = new Agreements(
      this.#house,
      restoreVersions(kept.drafted, kept.recorded, policies, unreadable),
    );
    this.clearances = new Clearances(this.#house, restoreCertificates(kept.recorded));
    this.grants = new Grants(this.#house, {
      agreements: this.agreements,
      clearances: this.clearances,
      grants: kept.grants,
      nominations: restoreNominations(kept.recorded),
    });
    this.assurances = new Assurances(this.#house, this.agreements, kept.recorded);
    this.incidents = new Incidents(this.#house, this.agreements, kept.recorded);
  }

  get world(): World {
    const { policies, now } = this.#house;
    const { epoch } = this.#enactment;
    const happened = { assurances: this.assurances.states, suspected: this.incidents.suspected };
    return worldOf(policies, this.agreements.all, happened, epoch, now());
  }

  /** Puts what stands now in force at the point of release. */
  govern(release: Release): void {
    this.#enactment.govern(release);
    this.#arm();
  }

  officer(id: string): Officer | undefined {
    return this.#house.officers.get(id as OfficerId);
  }

  /** Facts of an officer as they stand now. Roles on which no verdict depends make no class of their own. */
  #facts(id: OfficerId): OfficerFacts {
    const officer = this.#house.officers.get(id);
    if (!officer) throw new AuthorityError('bad-officer', `${id} is not known`);
    const { party, roles, nationality, home } = officer;
    return {
      party,
      roles: VERDICT_ROLES.filter((role) => roles.includes(role)),
      ...(nationality !== undefined && { nationality }),
      home: { level: home.level, compartments: [...home.compartments].sort() },
      grants: this.grants.facts(id, this.#house.now()),
    };
  }

  /** Agreements that have been in force and that a viewer may know of, each by the version that speaks for it. */
  current(viewer: OfficerId): Version[] {
    const who = this.#house.officers.get(viewer);
    return who ? this.agreements.current().filter((one) => mayKnow(who, one)) : [];
  }

  /** Logs that a viewer may read. */
  logs(viewer: OfficerId): string[] {
    const who = this.#house.officers.get(viewer);
    if (!who) return [];
    const known = this.current(viewer);
    const parties = isAuthority(who) ? [...new Set(known.flatMap(partiesOf))] : [who.party];
    return [...known.map((one) => one.terms.id as string), ...parties.map((one) => `home-${one}`)];
  }

  revoke(viewer: OfficerId, id: string, reason: string): Promise<Enacted> {
    return this.grants.revoke(viewer, id, reason);
  }

  withdrawClearance(viewer: OfficerId, id: string, jws: string): Promise<Enacted> {
    return this.clearances.withdraw(viewer, id, jws, this.grants);
  }

  /** The next instant at which something begins or ends. */
  #nextChange(now: number): number {
    let next = Number.MAX_SAFE_INTEGER;
    const look = (instants: Iterable<number>) => {
      for (const one of instants) if (one > now && one < next) next = one;
    };
    look(this.grants.instants());
    look(this.assurances.instants());
    for (const one of this.agreements.all) {
      look(instantsOf(one, now));
      look(one.terms.clauses.flatMap(({ embargo }) => embargo ?? []));
    }
    return next;
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#over) return;
    const now = this.#house.now();
    const wait = Math.min(this.#nextChange(now) - now, LONGEST_TIMER);
    this.#timer = setTimeout(
      () =>
        void this.refresh()
          .catch(this.#house.onError)
          .finally(() => this.#arm()),
      wait,
    );
    this.#timer.unref();
  }

  /** Puts in force what time has brought about. */
  async refresh(): Promise<void> {
    const { standing } = this.#enactment.release;
    const before = new Map(standing.world.agreements.map((one) => [one.terms.id, one]));
    const agreements = new Map(
      this.world.agreements.flatMap((one) => {
        const old = before.get(one.terms.id);
        if (old && standingText(old) === standingText(one)) return [];
        const bound = [...one.terms.parties, ...(old?.terms.parties ?? [])].map(({ id }): PartyId => id);
        return [[one.terms.id, [...new Set(bound)]] as const];
      }),
    );
    const officers = new Set(
      [...this.#house.officers.keys()].filter(
        (id) => JSON.stringify(this.#facts(id)) !== JSON.stringify(standing.officer(id)),
      ),
    );
    if (agreements.size === 0 && officers.size === 0) return;
    await this.#enactment.enact({
      officers,
      agreements,
      entry: {},
      says: { officers: [...officers], world: agreements.size > 0 },
      widens: true,
    });
    if (agreements.size > 0) await this.#house.storedItems?.areasChanged(standing.world);
  }

  /** The number of a change that is decided elsewhere, such as a recall. */
  nextEpoch(): number {
    return this.#enactment.nextEpoch();
  }

  close(): void {
    this.#over = true;
    this.#enactment.close();
    clearTimeout(this.#timer);
  }
}
