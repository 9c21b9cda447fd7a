import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '@concord/gate';
import type { AgreementId, OfficerId, PartyId } from '@concord/label';
import type { Cutoff, OfficerFacts, Principal, Release } from '@concord/release';
import { AuthorityError } from './error.ts';
import type { AuthorityStore, Entry } from './records.ts';

export interface Enacted {
  readonly epoch: number;
  /** ISO 8601, UTC: nothing that the change took away was released after this instant. */
  readonly at: string;
  readonly cutoffs: readonly Cutoff[];
  /** The hold stands, but it is not durable yet; it is being written. */
  readonly pending?: true;
}

/** What a change concerns, and what is kept of it. */
export interface Change {
  readonly officers?: ReadonlySet<OfficerId>;
  /** Agreements whose standing or terms change, with the parties that each binds. */
  readonly agreements?: ReadonlyMap<AgreementId, readonly PartyId[]>;
  readonly entry: Omit<Entry, 'epoch'>;
  /** What the record of epochs says of it. */
  readonly says: Readonly<Record<string, unknown>>;
  /** Writes it to the ledger, with what was cut, once it is durable. */
  readonly account?: (cutoffs: readonly Cutoff[]) => Promise<void>;
  /** It may let somebody have more as well: who is connected is told. */
  readonly widens?: boolean;
}

export interface EnactmentOptions {
  readonly store: AuthorityStore;
  readonly epoch: number;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
  /** As they stand in memory now. */
  readonly world: () => World;
  readonly officers: () => Iterable<OfficerId>;
  readonly partyOf: (officer: OfficerId) => PartyId | undefined;
  readonly facts: (officer: OfficerId) => OfficerFacts;
}

/**
 * Puts changes in force at the point of release, all by one path: held in the turn in which it is called, written,
 * verdicts computed, cut. While the verdicts of an agreement are being computed it is closed: nobody holds a grant
 * under it, so that who is admitted meanwhile has nothing by the verdicts of before.
 */
export class Enactment {
  readonly #options: EnactmentOptions;
  readonly #closed = new Map<AgreementId, number>();
  #release: Release | undefined;
  #epoch: number;
  #over = false;

  constructor(options: EnactmentOptions) {
    this.#options = options;
    this.#epoch = options.epoch;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** The number of a change that is decided elsewhere. */
  nextEpoch(): number {
    return ++this.#epoch;
  }

  get release(): Release {
    if (!this.#release) throw new AuthorityError('not-now', 'nothing is governed yet');
    return this.#release;
  }

  govern(release: Release): void {
    this.#release = release;
    this.#introduce(() => true);
  }

  isClosed(agreement: AgreementId): boolean {
    return this.#closed.has(agreement);
  }

  #introduce(concerns: (officer: OfficerId, party: PartyId | undefined) => boolean): void {
    const { officers, partyOf, facts } = this.#options;
    for (const officer of officers())
      if (concerns(officer, partyOf(officer))) this.release.introduce(officer, facts(officer));
  }

  #count(agreements: Iterable<AgreementId>, by: 1 | -1): void {
    for (const id of agreements) {
      const count = (this.#closed.get(id) ?? 0) + by;
      if (count > 0) this.#closed.set(id, count);
      else this.#closed.delete(id);
    }
  }

  /** Call it in the turn in which what stands in memory has changed. */
  async enact(change: Change): Promise<Enacted> {
    const { release } = this;
    const { onError } = this.#options;
    const { officers = new Set<OfficerId>(), agreements = new Map<AgreementId, PartyId[]>() } = change;
    const bound = new Set([...agreements.values()].flat());
    const concerned = (officer: OfficerId, party: PartyId | undefined) =>
      officers.has(officer) || (party !== undefined && bound.has(party));
    const concerns = ({ officer, party }: Principal) => concerned(officer, party);
    const [only] = bound.size === 0 && officers.size === 1 ? officers : [];
    const epoch = ++this.#epoch;
    const known = new Set(agreements.size > 0 ? release.standing.readers : []);
    const finish = async () => {
      await this.#record(change, epoch);
      if (agreements.size > 0)
        await release.standing.setWorld({ ...this.#options.world(), epoch: this.#epoch });
      else release.standing.setEpoch(this.#epoch);
      this.#count(agreements.keys(), -1);
      if (agreements.size > 0) this.#introduce(concerned);
    };
    const write = async () => {
      // Still the turn of the hold: nobody is admitted with what is being taken away.
      this.#count(agreements.keys(), 1);
      this.#introduce(concerned);
      await finish();
    };
    const done = await release.narrow(concerns, write, only);
    const renew = async () => {
      const late = [...release.standing.readers].some((one) => !known.has(one) && concerns(one.principal));
      if (change.widens || (late && agreements.size > 0)) await release.widen(concerns);
    };
    const after = async () => {
      await renew().catch(onError);
      await change.account?.(done.cutoffs);
    };
    if (done.pending) void this.#insist(finish, concerns, after);
    else await after();
    return {
      epoch,
      at: new Date(done.at).toISOString(),
      cutoffs: done.cutoffs,
      ...(done.pending && { pending: true as const }),
    };
  }

  #record({ entry, says }: Change, n: number): Promise<void> {
    return this.#options.store.record({ ...entry, epoch: { n, at: this.#options.now(), change: says } });
  }

  /** Lets officers have more: durable first, then in memory by `apply`, then at the point of release. */
  async widen(
    change: Change & { readonly officers: ReadonlySet<OfficerId> },
    apply: () => void,
  ): Promise<number> {
    const { release } = this;
    const epoch = ++this.#epoch;
    await this.#record(change, epoch);
    apply();
    release.standing.setEpoch(this.#epoch);
    this.#introduce((officer) => change.officers.has(officer));
    await release.widen(({ officer }) => change.officers.has(officer));
    return epoch;
  }

  /** Writes what holds already until it is durable. */
  async #insist(
    finish: () => Promise<void>,
    concerns: (principal: Principal) => boolean,
    after: () => Promise<void>,
  ): Promise<void> {
    for (let wait = 200; !this.#over; wait = Math.min(wait * 2, 10_000)) {
      await sleep(wait);
      try {
        await finish();
        // What the readers still may have goes on.
        await this.release.narrow(concerns, async () => undefined);
        await after();
        return;
      } catch (cause) {
        this.#options.onError(cause);
      }
    }
  }

  close(): void {
    this.#over = true;
  }
}
