import type { Assurance } from '@concord/agreement';
import type { OfficerId } from '@concord/label';
import type { Agreements } from './agreements.ts';
import {
  type AssuranceAct,
  type AssuranceState,
  advanceAssurance,
  assuranceEvent,
  assuranceStanding,
  lapsesAt,
  UNTOUCHED,
} from './assurance.ts';
import type { Enacted } from './enactment.ts';
import { AuthorityError } from './error.ts';
import { account, accountEnd, type House, officerIn, recorded, tell } from './house.ts';
import type { Recorded } from './records.ts';
import { boardOf, isAuthority, speaks } from './version/may.ts';
import { startOf } from './version/standing.ts';
import { mayKnow, partiesOf, type Version } from './version/versions.ts';
import { assuranceKey } from './world.ts';

export interface AssuranceView {
  readonly assurance: Assurance;
  readonly standing: 'live' | 'lapsed' | 'breached';
  readonly confirmedAt?: number;
  /** When it lapses unless it is confirmed. */
  readonly lapsesAt?: number;
  readonly breached?: AssuranceState['breached'];
}

/** Promises: confirmed by their giver, breach told by their receiver or the authority, at once. */
export class Assurances {
  readonly #house: House;
  readonly #agreements: Agreements;
  readonly #states = new Map<string, AssuranceState>();

  constructor(house: House, agreements: Agreements, record: readonly Recorded[]) {
    this.#house = house;
    this.#agreements = agreements;
    for (const one of record) {
      const [what, agreement = '', name = ''] = one.subject.split('/');
      if (what !== 'assurance') continue;
      const found = this.#find(agreement, name);
      const key = assuranceKey(agreement, name);
      if (found) this.#states.set(key, this.#after(key, found, assuranceEvent(one)));
    }
  }

  get states(): ReadonlyMap<string, AssuranceState> {
    return this.#states;
  }

  /** In the version that speaks for the agreement, or in whichever has it last. */
  #find(agreement: string, name: string): { version: Version; assurance: Assurance } | undefined {
    const versions = [...this.#agreements.all].filter(
      (one) => one.terms.id === agreement && one.state.activated,
    );
    const current = this.#agreements.current().filter((one) => one.terms.id === agreement);
    for (const version of [...current, ...versions.reverse()]) {
      const assurance = version.terms.assurances.find((one) => one.id === name);
      if (assurance) return { version, assurance };
    }
    return undefined;
  }

  #after(
    key: string,
    { version, assurance }: { version: Version; assurance: Assurance },
    event: AssuranceAct & { at: number; by: OfficerId },
  ) {
    const ground = { by: assurance.by, to: assurance.to, quorum: version.terms.authority.quorum };
    return advanceAssurance(this.#states.get(key) ?? UNTOUCHED, event, ground);
  }

  views(version: Version): AssuranceView[] {
    const since = startOf(version) ?? this.#house.now();
    return version.terms.assurances.map((assurance) => {
      const state = this.#states.get(assuranceKey(version.terms.id, assurance.id)) ?? UNTOUCHED;
      const lapses = lapsesAt(state, assurance, since);
      return {
        assurance,
        standing: assuranceStanding(state, assurance, since, this.#house.now()),
        ...(state.confirmedAt !== undefined && { confirmedAt: state.confirmedAt }),
        ...(lapses !== undefined && { lapsesAt: lapses }),
        ...(state.breached && { breached: state.breached }),
      };
    });
  }

  /** Instants at which an assurance begins or lapses. */
  *instants(): Generator<number> {
    for (const version of this.#agreements.current())
      for (const { lapsesAt: at, assurance } of this.views(version)) {
        if (at !== undefined) yield at;
        if (assurance.signed !== undefined) yield assurance.signed;
      }
  }

  #known(viewer: OfficerId, agreement: string, name?: string) {
    const who = officerIn(this.#house, viewer);
    const version = this.#agreements.current().find((one) => one.terms.id === agreement && mayKnow(who, one));
    const assurance = version?.terms.assurances.find((one) => one.id === name);
    if (!version || (name !== undefined && !assurance))
      throw new AuthorityError('no-such-agreement', `there is no such assurance in ${agreement}`);
    return { who, version, assurance };
  }

  /** Confirms a promise of the viewer's party; after a breach, its giver's part in restoring it. */
  confirm(viewer: OfficerId, agreement: string, name: string): Promise<void> {
    const { who, version, assurance } = this.#known(viewer, agreement, name);
    if (!assurance || who.party !== assurance.by || !speaks(who))
      throw new AuthorityError('not-yours-to-do', 'its giver confirms an assurance');
    return this.#widen(viewer, version, assurance, { kind: 'confirmed', party: who.party });
  }

  /** Agrees, as its receiver or for the authority, that a breached assurance holds again. */
  restore(viewer: OfficerId, agreement: string, name: string): Promise<void> {
    const { who, version, assurance } = this.#known(viewer, agreement, name);
    const receiver = assurance !== undefined && who.party === assurance.to && speaks(who);
    if (!assurance || !(isAuthority(who) || receiver))
      throw new AuthorityError('not-yours-to-do', 'its receiver and the authority restore an assurance');
    if (!this.#states.get(assuranceKey(agreement, name))?.breached)
      throw new AuthorityError('not-now', 'it has not been breached');
    const board = boardOf(this.#house.officers.values());
    return this.#widen(viewer, version, assurance, {
      kind: 'restored',
      ...(isAuthority(who) ? { board } : { party: who.party }),
    });
  }

  /** Durable first, then so; verdicts are computed where that makes it live again. */
  async #widen(viewer: OfficerId, version: Version, assurance: Assurance, act: AssuranceAct): Promise<void> {
    const house = this.#house;
    const { id } = version.terms;
    const key = assuranceKey(id, assurance.id);
    const { kind, ...facts } = act;
    const entry = recorded(house, `assurance/${key}`, viewer, kind, facts);
    await house.store.record({ recorded: [entry] });
    const since = startOf(version) ?? house.now();
    const standing = () =>
      assuranceStanding(this.#states.get(key) ?? UNTOUCHED, assurance, since, house.now());
    const before = standing();
    this.#states.set(key, this.#after(key, { version, assurance }, { ...act, at: entry.at, by: viewer }));
    const parties = partiesOf(version);
    if (before !== standing())
      await house.enactment.enact({
        agreements: new Map([[id, parties]]),
        entry: {},
        says: { assurance: key, [kind]: viewer },
        widens: true,
      });
    house.rearm();
    await account(house, [
      { log: id, act: kind as 'confirmed', subject: key, by: viewer, parties, statement: assurance.text },
    ]);
  }

  /** Tells a breach: the clauses that depend on it rest before this returns. */
  async breach(viewer: OfficerId, agreement: string, name: string, reason: string): Promise<Enacted> {
    const house = this.#house;
    const { who, version, assurance } = this.#known(viewer, agreement, name);
    if (!assurance || !(isAuthority(who) || (who.party === assurance.to && speaks(who))))
      throw new AuthorityError('not-yours-to-do', 'its receiver or the authority tells a breach');
    const { id } = version.terms;
    const key = assuranceKey(id, name);
    const entry = recorded(house, `assurance/${key}`, viewer, 'breached', { reason });
    const event = { kind: 'breached', reason, at: entry.at, by: viewer } as const;
    this.#states.set(key, this.#after(key, { version, assurance }, event));
    const parties = partiesOf(version);
    const done = await house.enactment.enact({
      agreements: new Map([[id, parties]]),
      entry: { recorded: [entry] },
      says: { assurance: key, breached: viewer, reason },
      account: async (cutoffs) => {
        await account(house, [
          { log: id, act: 'breached', subject: key, by: viewer, parties, statement: reason },
        ]);
        await accountEnd(house, { log: id, target: 'assurance', subject: key, parties }, cutoffs);
      },
    });
    house.rearm();
    tell(house, parties, { kind: 'breached', subject: key, says: reason });
    return done;
  }
}
