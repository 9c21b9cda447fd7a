import type { AgreementId, OfficerId } from '@concord/label';
import type { Agreements } from './agreements.ts';
import { type Consent, complete, NO_CONSENT, withApproval, withParty } from './consent.ts';
import { AuthorityError } from './error.ts';
import { account, accountEnd, type House, officerIn, recorded, tell } from './house.ts';
import type { Officer, Recorded } from './records.ts';
import { boardOf, isAuthority, speaks } from './version/may.ts';
import { mayKnow, partiesOf, type Version } from './version/versions.ts';

/** Who has agreed that an incident is over: its parties by name, officers of the authority out of a board. */
type Closing = { readonly party?: Officer['party']; readonly board?: readonly OfficerId[] };

/**
 * Loss and compromise, or the suspicion of it. Reporting takes one, and what the agreement says rests rests at once;
 * that it is over takes all.
 */
export class Incidents {
  readonly #house: House;
  readonly #agreements: Agreements;
  /** Of agreements with an open incident, who has agreed so far that it is over. */
  readonly #open = new Map<string, Consent>();

  constructor(house: House, agreements: Agreements, record: readonly Recorded[]) {
    this.#house = house;
    this.#agreements = agreements;
    for (const { subject, kind, by, facts } of record) {
      const [what, agreement = ''] = subject.split('/');
      if (what !== 'incident') continue;
      if (kind === 'reported') this.#open.set(agreement, NO_CONSENT);
      else this.#agree(agreement, by, facts as Closing);
    }
  }

  /** Agreements with an incident that is not closed. */
  get suspected(): ReadonlySet<string> {
    return new Set(this.#open.keys());
  }

  /** Notes that somebody agrees that it is over; true where that closes it. */
  #agree(agreement: string, by: OfficerId, { party, board }: Closing): boolean {
    const before = this.#open.get(agreement);
    if (!before) return false;
    const after = party === undefined ? withApproval(before, by, board ?? []) : withParty(before, party);
    const terms = this.#current(agreement)?.terms;
    const parties = (terms?.parties ?? []).map(({ id }) => id);
    const over = terms !== undefined && complete(after, parties, terms.authority.quorum);
    if (over) this.#open.delete(agreement);
    else this.#open.set(agreement, after);
    return over;
  }

  #current(agreement: string): Version | undefined {
    return this.#agreements.current().find((one) => one.terms.id === agreement);
  }

  #known(viewer: OfficerId, agreement: string): { who: Officer; version: Version } {
    const who = officerIn(this.#house, viewer);
    const version = this.#current(agreement);
    if (!version || !mayKnow(who, version))
      throw new AuthorityError('no-such-agreement', `there is no agreement ${agreement}`);
    if (isAuthority(who) || (partiesOf(version).includes(who.party) && speaks(who))) return { who, version };
    throw new AuthorityError(
      'not-yours-to-do',
      'who speaks for a party, and the authority, speak of incidents',
    );
  }

  /** The parties and the authority are told at once; clauses that rest on suspicion are cut before this returns. */
  async report(viewer: OfficerId, agreement: string, says: string): Promise<Recorded> {
    const house = this.#house;
    const { version } = this.#known(viewer, agreement);
    const { id, incidents } = version.terms;
    const parties = partiesOf(version);
    const entry = recorded(house, `incident/${id}`, viewer, 'reported', { says });
    const rests = (incidents?.suspend.length ?? 0) > 0 && !this.#open.has(id);
    this.#open.set(id, NO_CONSENT);
    if (rests)
      await house.enactment.enact({
        agreements: new Map([[id, parties]]),
        entry: { recorded: [entry] },
        says: { incident: id, reported: viewer },
        account: (cutoffs) =>
          accountEnd(house, { log: id, target: 'agreement', subject: id, parties }, cutoffs),
      });
    else await house.store.record({ recorded: [entry] });
    tell(house, parties, { kind: 'incident', subject: id, says });
    await account(house, [{ log: id, act: 'incident', subject: id, by: viewer, parties, statement: says }]);
    return entry;
  }

  /** Agrees that it is over; with every party's word and the quorum's what rested goes on. Says whether it is. */
  async close(viewer: OfficerId, agreement: string): Promise<{ readonly closed: boolean }> {
    const house = this.#house;
    const { who, version } = this.#known(viewer, agreement);
    const id: AgreementId = version.terms.id;
    if (!this.#open.has(id)) throw new AuthorityError('not-now', 'there is no open incident');
    const closing: Closing = isAuthority(who)
      ? { board: boardOf(house.officers.values()) }
      : { party: who.party };
    await house.store.record({ recorded: [recorded(house, `incident/${id}`, viewer, 'closed', closing)] });
    const closed = this.#agree(id, viewer, closing);
    const parties = partiesOf(version);
    if (closed && (version.terms.incidents?.suspend.length ?? 0) > 0)
      await house.enactment.enact({
        agreements: new Map([[id, parties]]),
        entry: {},
        says: { incident: id, closed: viewer },
        widens: true,
      });
    await account(house, [
      { log: id, act: 'restored', subject: id, by: viewer, parties, statement: 'the incident is over' },
    ]);
    return { closed };
  }
}
