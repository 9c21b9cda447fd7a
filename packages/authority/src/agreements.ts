import { randomUUID } from 'node:crypto';
import { type Finding, readAgreement } from '@concord/agreement';
import type { AgreementId, OfficerId, PartyId } from '@concord/label';
import type { Act } from '@concord/release';
import type { Enacted } from './enactment.ts';
import { AuthorityError } from './error.ts';
import { account, accountEnd, type House, officerIn, recorded, tell } from './house.ts';
import type { Drafted, Recorded } from './records.ts';
import { checkAgreementSignature, versionDigest } from './statement/agreement.ts';
import { activation } from './version/activation.ts';
import type { VersionAct } from './version/event.ts';
import { binds, boardOf, isAuthority, mayDo } from './version/may.ts';
import { currentVersion } from './version/standing.ts';
import { DRAFT, fits } from './version/state.ts';
import {
  currentVersions,
  groundOf,
  mayKnow,
  partiesOf,
  saidBy,
  subjectOf,
  textOf,
  type Version,
  withAct,
} from './version/versions.ts';

const WIDEST_TEXT = 200_000;

/** What ends an agreement or lets it rest. */
type Ending = Extract<VersionAct, { kind: 'suspended' | 'terminated' | 'notice' }>;

/** What an activation brings to the ledger: signatures and approvals with it, and nothing of them before. */
function actsOf({ events, terms, drafted }: Version, parties: readonly PartyId[]): Act[] {
  const subject = `${terms.id} version ${terms.version}`;
  return events.flatMap(({ kind, by }) =>
    kind === 'signed' || kind === 'approved' || kind === 'activated'
      ? [{ log: terms.id, act: kind, subject, by, parties, statement: drafted.digest }]
      : [],
  );
}

/** Versions of agreements from draft to end. Widening takes all; narrowing takes one and bites at once. */
export class Agreements {
  readonly #house: House;
  readonly #versions: Map<string, Version>;
  /** Versions whose checks are under way; one after the other, for each changes what the next is checked against. */
  readonly #checking = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(house: House, versions: ReadonlyMap<string, Version>) {
    this.#house = house;
    this.#versions = new Map(versions);
  }

  get all(): Iterable<Version> {
    return this.#versions.values();
  }

  current(now = this.#house.now()): Version[] {
    return currentVersions(this.all, now);
  }

  /** What a viewer may know of, oldest version first. */
  visible(viewer: OfficerId, agreement?: string): Version[] {
    const who = this.#house.officers.get(viewer);
    if (!who) return [];
    return [...this.all]
      .filter((one) => (agreement === undefined || one.terms.id === agreement) && mayKnow(who, one))
      .sort((a, b) => a.terms.version - b.terms.version || a.drafted.at - b.drafted.at);
  }

  /** @throws AuthorityError `no-such-agreement`, alike where it is hidden and where there is none */
  version(viewer: OfficerId, agreement: string, number: number): Version {
    const found = this.visible(viewer, agreement).filter((one) => one.terms.version === number);
    // What was taken back makes room for another of its number.
    const version = found.find((one) => one.state.phase !== 'withdrawn') ?? found.at(-1);
    if (!version)
      throw new AuthorityError('no-such-agreement', `there is no version ${number} of ${agreement}`);
    return version;
  }

  /** Keeps a text as the party's own draft. Where it cannot be executed to the letter there is none, but findings. */
  async draft(
    viewer: OfficerId,
    text: string,
    files: Readonly<Record<string, string>>,
  ): Promise<{ readonly version?: Version; readonly findings: readonly Finding[] }> {
    const who = officerIn(this.#house, viewer);
    if (!binds(who)) throw new AuthorityError('not-yours-to-do', 'a release authority drafts agreements');
    const used: Record<string, string> = {};
    const file = (path: string) => {
      const found = Object.hasOwn(files, path) ? files[path] : undefined;
      if (found !== undefined) used[path] = found;
      return found;
    };
    if (text.length > WIDEST_TEXT) throw new AuthorityError('agreement-refused', 'the text is too long');
    const { terms, findings } = readAgreement(text, { file, policies: this.#house.policies });
    if (!terms) return { findings };
    if (!terms.parties.some((one) => one.id === who.party))
      throw new AuthorityError('not-yours-to-do', 'you draft agreements of your own party only');
    this.#mustBeFree(viewer, terms.id, terms.version);
    const of = { agreement: terms.id, version: terms.version, text, files: used };
    const drafted: Drafted = {
      ...of,
      doc: randomUUID(),
      digest: versionDigest(of),
      drafter: who.party,
      by: viewer,
      at: this.#house.now(),
    };
    await this.#house.store.record({ drafted: [drafted] });
    const version: Version = { drafted, terms, events: [], state: DRAFT };
    this.#versions.set(drafted.doc, version);
    return { version, findings };
  }

  #mustBeFree(viewer: OfficerId, agreement: AgreementId, number: number, but?: Version): void {
    const taken = this.visible(viewer, agreement).some(
      (one) => one.terms.version === number && one.state.phase !== 'withdrawn' && one !== but,
    );
    if (taken) throw new AuthorityError('not-now', `there is a version ${number} of ${agreement} already`);
  }

  #mustFit(viewer: OfficerId, version: Version, act: VersionAct): void {
    const who = officerIn(this.#house, viewer);
    const parties = partiesOf(version);
    if (!mayDo(who, act.kind, { parties, drafter: version.drafted.drafter }))
      throw new AuthorityError('not-yours-to-do', `it is not yours to do: ${act.kind}`);
    if (!fits(version.state, act, groundOf(version)))
      throw new AuthorityError(
        'not-now',
        `version ${version.terms.version} is ${version.state.phase}: not now`,
      );
  }

  /** Records an act that changes no verdict: durable first, then so. */
  async #record(viewer: OfficerId, version: Version, act: VersionAct): Promise<Version> {
    this.#mustFit(viewer, version, act);
    const { doc } = version.drafted;
    const { kind, ...facts } = act;
    const entry = recorded(this.#house, subjectOf(version), viewer, kind, facts);
    await this.#house.store.record({ recorded: [entry] });
    // Others may have acted meanwhile: what was recorded is folded on to what stands, and has no effect where it no
    // longer fits.
    const next = withAct(this.#versions.get(doc) ?? version, saidBy(viewer, entry.at), act);
    this.#versions.set(doc, next);
    return next;
  }

  async propose(viewer: OfficerId, agreement: string, number: number): Promise<Version> {
    const version = this.version(viewer, agreement, number);
    this.#mustBeFree(viewer, version.terms.id, number, version);
    return await this.#record(viewer, version, { kind: 'proposed' });
  }

  async withdraw(viewer: OfficerId, agreement: string, number: number, reason: string): Promise<Version> {
    return await this.#record(viewer, this.version(viewer, agreement, number), { kind: 'withdrawn', reason });
  }

  /** Hands in a signature of the viewer's party, made on its own side. @throws AuthorityError `bad-signature` */
  async sign(viewer: OfficerId, agreement: string, number: number, jws: string): Promise<Version> {
    const version = this.version(viewer, agreement, number);
    const { party } = officerIn(this.#house, viewer);
    const act = { kind: 'signed', party, jws } as const;
    this.#mustFit(viewer, version, act);
    await checkAgreementSignature(jws, textOf(version), party, this.#house.keys.get(party) ?? []);
    return await this.#record(viewer, version, act);
  }

  /** One approval; with the quorum the version is checked and activated, or refused with reasons. */
  async approve(viewer: OfficerId, agreement: string, number: number): Promise<Version> {
    const board = boardOf(this.#house.officers.values());
    const version = this.version(viewer, agreement, number);
    const next = await this.#record(viewer, version, { kind: 'approved', board });
    return next.state.phase === 'approved' ? await this.activate(viewer, agreement, number) : next;
  }

  /** Checks an approved version and puts it in force; tried again after a refusal. */
  async activate(viewer: OfficerId, agreement: string, number: number): Promise<Version> {
    const version = this.version(viewer, agreement, number);
    const { doc } = version.drafted;
    this.#mustFit(viewer, version, { kind: 'activated' });
    if (this.#checking.has(doc)) throw new AuthorityError('not-now', 'its checks are under way');
    this.#checking.add(doc);
    const checked = this.#turn.then(async () => {
      const reasons = await activation(this.#house, [...this.all], this.#versions.get(doc) ?? version);
      if (reasons.length > 0) return await this.#record(viewer, version, { kind: 'refused', reasons });
      return await this.#putInForce(viewer, doc);
    });
    this.#turn = checked.catch(() => undefined).finally(() => this.#checking.delete(doc));
    return await checked;
  }

  isBeingChecked({ drafted }: Version): boolean {
    return this.#checking.has(drafted.doc);
  }

  async #putInForce(viewer: OfficerId, doc: string): Promise<Version> {
    const house = this.#house;
    const before = this.#versions.get(doc);
    if (!before) throw new AuthorityError('no-such-agreement', 'there is no such version');
    const act = { kind: 'activated' } as const;
    // It may have been suspended or taken back while it was being checked.
    this.#mustFit(viewer, before, act);
    const parties = new Set(partiesOf(before));
    for (const one of this.visible(viewer, before.terms.id)) for (const id of partiesOf(one)) parties.add(id);
    const entry = recorded(house, subjectOf(before), viewer, 'activated');
    const next = withAct(before, saidBy(viewer, entry.at), act);
    this.#versions.set(doc, next);
    await house.enactment.enact({
      agreements: new Map([[next.terms.id, [...parties]]]),
      entry: { recorded: [entry] },
      says: { activated: next.terms.id, version: next.terms.version, by: viewer },
      widens: true,
      account: () => account(house, actsOf(next, [...parties])),
    });
    house.rearm();
    tell(house, [...parties], {
      kind: 'activated',
      subject: next.terms.id,
      says: `version ${next.terms.version} is activated`,
    });
    await house.storedItems?.areasChanged(house.enactment.release.standing.world);
    return next;
  }

  /** The versions of an agreement that a narrowing meets: what is active or scheduled, and what is on its way. */
  #open(viewer: OfficerId, agreement: string): Version[] {
    const known = this.visible(viewer, agreement);
    const proposer = known.filter((one) => one.state.phase !== 'draft');
    if (proposer.length === 0)
      throw new AuthorityError('no-such-agreement', `there is no agreement ${agreement}`);
    return proposer;
  }

  /** An act on every version of an agreement in which it has a place; what it takes away is cut before this returns. */
  async #end(viewer: OfficerId, agreement: string, act: Ending): Promise<Enacted> {
    const house = this.#house;
    const who = officerIn(house, viewer);
    const open = this.#open(viewer, agreement);
    const mine = open.filter((one) =>
      mayDo(who, act.kind, { parties: partiesOf(one), drafter: one.drafted.drafter }),
    );
    if (mine.length === 0) throw new AuthorityError('not-yours-to-do', `it is not yours to do: ${act.kind}`);
    const met = mine.filter((one) => fits(one.state, act, groundOf(one)));
    if (met.length === 0) throw new AuthorityError('not-now', `there is nothing in force to be ${act.kind}`);
    const { kind, ...facts } = act;
    const events: Recorded[] = met.map((one) => recorded(house, subjectOf(one), viewer, kind, facts));
    const parties = [...new Set(met.flatMap(partiesOf))];
    for (const [i, one] of met.entries())
      this.#versions.set(one.drafted.doc, withAct(one, saidBy(viewer, events[i]!.at), act));
    const id = met[0]!.terms.id;
    // What was never in force has no readers, and no log: its name may be that of an agreement between others.
    if (!met.some((one) => one.state.phase === 'active')) {
      await house.store.record({ recorded: events });
      return { epoch: house.enactment.epoch, at: new Date(house.now()).toISOString(), cutoffs: [] };
    }
    // From here to the hold nothing is awaited: one turn.
    const done = await house.enactment.enact({
      agreements: new Map([[id, parties]]),
      entry: { recorded: events },
      says: { [kind]: id, by: viewer, reason: act.reason },
      account: async (cutoffs) => {
        const statement = act.reason;
        await account(house, [{ log: id, act: act.kind, subject: id, by: viewer, parties, statement }]);
        await accountEnd(house, { log: id, target: 'agreement', subject: id, parties }, cutoffs);
      },
    });
    house.rearm();
    tell(house, parties, { kind, subject: id, says: act.reason });
    return done;
  }

  suspend(viewer: OfficerId, agreement: string, reason: string): Promise<Enacted> {
    return this.#end(viewer, agreement, { kind: 'suspended', reason });
  }

  terminate(viewer: OfficerId, agreement: string, reason: string): Promise<Enacted> {
    return this.#end(viewer, agreement, { kind: 'terminated', reason });
  }

  /** Gives notice: it ends at that instant by itself. */
  async notice(viewer: OfficerId, agreement: string, effective: number, reason: string): Promise<Enacted> {
    if (effective < this.#house.now())
      throw new AuthorityError('not-now', 'notice is given for a time to come');
    return await this.#end(viewer, agreement, { kind: 'notice', effective, reason });
  }

  /** One agrees that it goes on; with all parties and the quorum it does. */
  async resume(viewer: OfficerId, agreement: string): Promise<{ version: Version; enacted?: Enacted }> {
    const house = this.#house;
    const now = house.now();
    const version = currentVersion(this.#open(viewer, agreement), now);
    if (!version) throw new AuthorityError('not-now', 'nothing of it was ever in force');
    const who = officerIn(house, viewer);
    const act: VersionAct = isAuthority(who)
      ? { kind: 'resume', board: boardOf(house.officers.values()) }
      : { kind: 'resume', party: who.party };
    const before = version.state.suspended;
    const next = await this.#record(viewer, version, act);
    if (!before || next.state.suspended) return { version: next };
    const { id } = next.terms;
    const parties = partiesOf(next);
    const enacted = await house.enactment.enact({
      agreements: new Map([[id, parties]]),
      entry: {},
      says: { resumed: id, by: viewer },
      widens: true,
    });
    house.rearm();
    await account(house, [{ log: id, act: 'resumed', subject: id, by: viewer, parties, statement: '' }]);
    return { version: next, enacted };
  }
}
