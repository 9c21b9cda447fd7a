import { randomUUID } from 'node:crypto';
import type { Bus } from '@concord/bus';
import { subscribe } from '@concord/bus/readers';
import type { Permit, Reason, World } from '@concord/gate';
import { explain, forReader } from '@concord/gate';
import type { OfficerId, PartyId, StreamId } from '@concord/label';
import type { QuarantinedEntry } from '@concord/store/readers';
import { backfill } from './backfill.ts';
import { Catalogue, type CatalogueRecord, type Stream } from './catalogue.ts';
import { ReleaseError } from './error.ts';
import { frames } from './frames.ts';
import { Live, type LiveParts } from './live.ts';
import { type Position, Tokens } from './position.ts';
import { type ItemsQuery, type Page, Queries, type StoreReader } from './query.ts';
import type { OfficerFacts, Principal, Reader } from './reader.ts';
import { logOf, type ReceiptRecord, Receipts } from './receipts.ts';
import { obligationsJson, Renderer } from './render.ts';
import type { Row } from './row.ts';
import { CREDIT_BYTES, type Interest, interestIn, Session, type Sink } from './session.ts';
import { type PolicyRecord, Standing } from './standing.ts';

export interface ReleaseOptions {
  readonly policy: PolicyRecord;
  readonly catalogue: CatalogueRecord;
  readonly receipts: ReceiptRecord;
  readonly store: StoreReader;
  readonly world: World;
  /** 32 random bytes of this node, kept: cursors and identifiers are sealed with keys made from it. */
  readonly secret: Buffer;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** The last row that was committed before this start: its instant of ingest and sequence number. */
  readonly committed: { readonly at: number; readonly seq: number };
  readonly onError: (cause: unknown) => void;
}

export interface Subscription {
  /** Names of streams, or `*` for all that the reader may have, also later. */
  readonly streams: readonly string[];
  readonly cursor?: string;
  readonly conflate?: boolean;
  /** `latest`: begin with the newest of each series. */
  readonly from?: 'latest';
}

/** What a revocation did to one stream of one reader. */
export interface Cutoff {
  readonly officer: OfficerId;
  readonly door: string;
  readonly stream: StreamId;
  readonly cursor: string;
  readonly acknowledged: boolean;
}

export interface StreamView {
  readonly stream: StreamId;
  readonly party: PartyId;
  readonly feed: string;
  readonly kind: string;
  readonly banners: readonly string[];
  readonly dataModes: readonly string[];
  readonly obligations: readonly unknown[];
  readonly permittedBy: readonly Permit[];
}

/** A connection that does not acknowledge its cut within this time is reset. */
const CUT_MS = 250;
/** How often open connections are compared with what their readers may have by now. */
const LOOK_MS = 5000;
/** Backfills that read the store at the same time. */
const BACKFILLS = 8;

/** An open live connection, as its endpoint drives it. */
export interface LiveHandle {
  readonly id: string;
  subscribe(subscription: Subscription): Promise<void>;
  unsubscribe(streams: readonly string[]): void;
  acknowledge(cursor: string): void;
  close(): void;
}

interface Open {
  readonly id: string;
  readonly session: Session;
  /** Streams that it could see when it was last settled. */
  visible: ReadonlySet<number>;
}

/**
 * The enforcement point: everything that leaves, leaves here. Queries, live connections and revocation share one
 * standing, one renderer and one log of receipts.
 */
export class Release {
  readonly standing: Standing;
  readonly catalogue: Catalogue;
  readonly receipts: Receipts;
  readonly #tokens: Tokens;
  readonly #queries: Queries;
  readonly #live: Live;
  readonly #parts: LiveParts & { readonly late: StoreReader };
  readonly #open = new Map<Session, Open>();
  readonly #taps: ((rows: readonly Row[]) => void)[] = [];
  readonly #look: NodeJS.Timeout;
  #backfills = 0;
  readonly #waiting: Session[] = [];

  constructor(options: ReleaseOptions) {
    this.standing = new Standing(options.policy, options.world);
    this.catalogue = new Catalogue(options.catalogue);
    this.#tokens = new Tokens(options.secret);
    const { standing, catalogue } = this;
    const renderer = new Renderer(standing, catalogue, this.#tokens);
    const { now, secret, store: late, onError } = options;
    this.receipts = new Receipts({ record: options.receipts, standing, catalogue, secret, now });
    this.#parts = {
      standing,
      catalogue,
      renderer,
      tokens: this.#tokens,
      receipts: this.receipts,
      late,
      now,
      onError,
      onSlow: (session) => this.#slow(session),
    };
    this.#queries = new Queries(this.#parts);
    this.#live = new Live(this.#parts, options.committed);
    // What is late becomes visible by the passing of time alone.
    this.#look = setInterval(() => this.#lookAgain(), LOOK_MS);
    this.#look.unref();
  }

  /** Takes from the bus what is committed, from now on. */
  follow(bus: Bus): void {
    subscribe(bus, ({ rows }) => this.committed(rows));
  }

  /** Rows that are committed, in order of their sequence. */
  committed(rows: readonly Row[]): void {
    let fresh = false;
    for (const { stream, releaseClass, ingested } of rows) {
      if (this.catalogue.occurs(stream, releaseClass, ingested)) fresh = true;
    }
    if (fresh) this.#lookAgain();
    this.#live.committedRows(rows);
    for (const tap of this.#taps) {
      try {
        tap(rows);
      } catch (cause) {
        this.#parts.onError(cause);
      }
    }
  }

  /** Tells pages to read their streams again where one has appeared that they may have. */
  #lookAgain(): void {
    for (const open of this.#open.values()) {
      const { session } = open;
      if (session.phase === 'closed' || session.phase === 'held') continue;
      const now = this.#ids(session.reader);
      if ([...now].every((id) => open.visible.has(id))) continue;
      const wanted = [...now].some((id) => !open.visible.has(id) && session.wants(id));
      open.visible = now;
      session.sink.control({ type: 'streams' });
      if (wanted) void this.#opened(session).catch(this.#parts.onError);
    }
  }

  /**
   * Committed rows for what is made from them inside the node (solutions, tracks). Nothing is released by it: what is
   * made carries all originators and the join of labels, and meets the gate like everything else.
   */
  tap(listener: (rows: readonly Row[]) => void): void {
    this.#taps.push(listener);
  }

  admit(principal: Principal): Promise<Reader> {
    return this.standing.admit(principal);
  }

  items(reader: Reader, query: ItemsQuery): Promise<Page> {
    return this.#queries.items(reader, query);
  }

  latest(reader: Reader, query: ItemsQuery): Promise<Page> {
    return this.#queries.latest(reader, query);
  }

  streams(reader: Reader): StreamView[] {
    return this.#visible(reader).map((stream) => this.#view(reader, stream));
  }

  #visible(reader: Reader): Stream[] {
    return this.catalogue.visible(this.standing, reader.subjectClass, this.#parts.now());
  }

  #view(reader: Reader, { id, name, party, feed, kind }: Stream): StreamView {
    const { matrix } = this.standing;
    const classes = [...this.catalogue.released(this.standing, reader.subjectClass, id, this.#parts.now())];
    const distinct = <T>(list: readonly T[]) => [
      ...new Map(list.map((one) => [JSON.stringify(one), one])).values(),
    ];
    const facts = classes.flatMap(({ releaseClass }) => this.standing.releaseFacts(releaseClass) ?? []);
    return {
      stream: name,
      party,
      feed,
      kind,
      banners: distinct(
        facts.map((f) => [`${f.policy} ${f.classification}`, ...f.caveats, f.dataMode].join(' // ')),
      ),
      dataModes: distinct(facts.map((f) => f.dataMode)),
      obligations: distinct(
        classes.map(({ verdict }) => JSON.parse(obligationsJson(matrix.obligations(verdict) ?? {}))),
      ),
      permittedBy: distinct(
        classes.flatMap(({ releaseClass }) => matrix.permits(releaseClass, reader.subjectClass)),
      ),
    };
  }

  /** Why a stream is released as it is; undefined alike where it is hidden and where there is none. */
  reasons(
    reader: Reader,
    name: string,
  ): { verdict: 'release'; obligations: unknown; why: Reason }[] | undefined {
    const stream = this.#visible(reader).find((one) => one.name === name);
    const subject = this.standing.subjectFacts(reader.subjectClass);
    if (!stream || !subject) return undefined;
    return [
      ...this.catalogue.released(this.standing, reader.subjectClass, stream.id, this.#parts.now()),
    ].flatMap(({ releaseClass, verdict }) => {
      const facts = this.standing.releaseFacts(releaseClass);
      const why =
        facts && forReader(explain(this.standing.world, facts, subject), subject.party, this.standing.world);
      const obligations = JSON.parse(obligationsJson(this.standing.matrix.obligations(verdict) ?? {}));
      return why ? [{ verdict: 'release' as const, obligations, why }] : [];
    });
  }

  /**
   * Input of an officer's own party that could not be used. It has no label, so nobody else ever sees it: row security
   * asks for the party.
   */
  quarantined(
    { party }: Pick<Principal, 'party'>,
    limit: number,
    before?: number,
  ): Promise<QuarantinedEntry[]> {
    return this.#parts.late.quarantine(party, limit, before);
  }

  /** Opens a live connection for a reader. */
  connect(reader: Reader, sink: Sink): LiveHandle {
    const session = new Session(reader, sink, interestIn(false, new Set()), this.#live.head, false);
    session.phase = 'live';
    const open: Open = { id: randomUUID(), session, visible: this.#ids(reader) };
    this.#open.set(session, open);
    this.#live.sessions.add(session);
    reader.onHold = () => {
      if (session.phase !== 'closed') session.phase = 'held';
    };
    return {
      id: open.id,
      subscribe: (subscription) => this.#subscribe(session, subscription),
      unsubscribe: (streams) => this.#unsubscribe(session, streams),
      acknowledge: (cursor) => this.#acknowledge(session, cursor),
      close: () => this.#close(session),
    };
  }

  #ids(reader: Reader): ReadonlySet<number> {
    return new Set(this.#visible(reader).map((stream) => stream.id));
  }

  async #subscribe(session: Session, { streams, cursor, conflate, from }: Subscription): Promise<void> {
    const { reader, sink } = session;
    const visible = this.#visible(reader);
    const wanted = new Set(session.interest.streams);
    for (const name of streams) {
      const stream = visible.find((one) => one.name === name);
      if (stream) wanted.add(stream.id);
      else if (name !== '*') {
        sink.control({
          type: 'error',
          code: 'no-such-stream',
          message: `there is no stream "${name}"`,
          stream: name,
        });
      }
    }
    const all = session.interest.all || streams.includes('*');
    const position =
      cursor === undefined ? this.#live.head : this.#tokens.position(reader.principal.party, cursor);
    session.conflate = conflate ?? session.conflate;
    session.interest = interestIn(all, wanted);
    await this.#opened(session);
    if (session.phase === 'closed') return;
    if (from === 'latest')
      await this.#giveLatest(
        session,
        visible.filter((one) => streams.includes('*') || streams.includes(one.name)),
      );
    sink.control({ type: 'phase', phase: 'backfill' });
    session.announceLive = true;
    if (session.phase === 'live' || session.phase === 'backfill') this.#restart(session, position);
    else session.position = position;
  }

  async #opened(session: Session): Promise<void> {
    const { reader } = session;
    const logs = this.#logs(session);
    await this.receipts.session('open', this.#open.get(session)?.id ?? '', reader.principal.officer, logs);
  }

  #logs(session: Session): Map<string, string[]> {
    const logs = new Map<string, string[]>();
    for (const stream of this.#visible(session.reader)) {
      if (!session.wants(stream.id)) continue;
      for (const permit of this.#view(session.reader, stream).permittedBy) {
        const clause =
          'home' in permit ? `home ${permit.home}` : `${permit.clause} of version ${permit.version}`;
        logs.set(logOf(permit), [...(logs.get(logOf(permit)) ?? []), clause]);
      }
    }
    return logs;
  }

  /** The newest of each series, before the stream goes on from where it is now. */
  async #giveLatest(session: Session, streams: readonly Stream[]): Promise<void> {
    const { reader } = session;
    const { version } = reader;
    if (streams.length === 0) return;
    const found = await this.#queries.latestOutgoing(
      reader,
      streams.map((one) => one.name),
      this.#live.head,
    );
    const list = frames(found, reader.principal.party, this.#tokens, session.sink.framing);
    for (const frame of list) {
      while (
        reader.version === version &&
        session.phase !== 'closed' &&
        !session.mayWrite(frame.bytes.length)
      ) {
        if (!(await session.acknowledged(CUT_MS * 40))) return;
      }
      if (reader.version !== version || session.phase === 'closed') return;
      session.write(frame.bytes, frame.position, frame.count);
    }
  }

  #unsubscribe(session: Session, streams: readonly string[]): void {
    const kept = new Set(session.interest.streams);
    for (const name of streams) {
      const stream = this.catalogue.byName(name);
      if (stream) kept.delete(stream.id);
    }
    session.interest = interestIn(session.interest.all && !streams.includes('*'), kept);
  }

  #acknowledge(session: Session, cursor: string): void {
    const freed = session.acknowledge(this.#tokens.position(session.reader.principal.party, cursor));
    // Credit comes back in halves, or a slow reader would cost a query an acknowledgement.
    const half = session.inFlight * 2 <= CREDIT_BYTES;
    if (!freed || !half || session.phase !== 'behind') return;
    // What it missed is mostly still at hand, and others have missed the same: no need to ask the store.
    if (this.#live.has(session.position)) this.#live.join(session, session.position);
    else this.#restart(session, session.position);
  }

  #restart(session: Session, position: Position): void {
    session.position = position;
    session.phase = 'backfill';
    this.#waiting.push(session);
    this.#pump();
  }

  #pump(): void {
    while (this.#backfills < BACKFILLS) {
      const session = this.#waiting.shift();
      if (!session) return;
      if (session.phase !== 'backfill') continue;
      this.#backfills++;
      void backfill(this.#parts, this.#live, session)
        .catch((cause: unknown) => {
          if (session.phase === 'backfill' && !session.reader.signal.aborted) {
            this.#parts.onError(cause);
            session.sink.control({ type: 'error', code: 'again-later', message: 'the store did not answer' });
            setTimeout(() => session.phase === 'backfill' && this.#restart(session, session.position), 1000);
          }
        })
        .finally(() => {
          this.#backfills--;
          this.#pump();
        });
    }
  }

  /** A reader of events has used its credit and comes again; one that acknowledges has not done so for too long. */
  #slow(session: Session): void {
    if (session.sink.framing === 'events') {
      session.sink.finish();
    } else {
      const cursor = this.#tokens.cursor(session.reader.principal.party, session.position);
      session.sink.control({
        type: 'error',
        code: 'slow-reader',
        message: 'not acknowledged for a minute',
        cursor,
      });
      session.sink.finish();
    }
    this.#close(session);
  }

  #close(session: Session): void {
    const open = this.#open.get(session);
    if (!open) return;
    session.phase = 'closed';
    session.ended();
    this.#open.delete(session);
    this.#live.sessions.delete(session);
    const logs = this.#logs(session);
    void this.receipts
      .session('close', open.id, session.reader.principal.officer, logs, session.messages)
      .catch(this.#parts.onError);
    session.reader.close();
  }

  /**
   * Narrows what some readers may have. Held in this very turn; then `write` makes it durable and says what is now so;
   * then each live connection that lost a stream is told where it was cut, and reset if it does not answer. If `write`
   * fails the hold stays, and the answer is `pending`.
   */
  async narrow(
    concerns: (principal: Principal) => boolean,
    write: () => Promise<void>,
  ): Promise<{ at: number; cutoffs: Cutoff[]; pending: boolean }> {
    const held = this.standing.hold(concerns);
    const at = this.#parts.now();
    const sessions = [...this.#open.values()].filter(({ session }) => held.includes(session.reader));
    const queries = held.filter((reader) => !sessions.some(({ session }) => session.reader === reader));
    for (const reader of queries) reader.abort();
    try {
      await write();
    } catch (cause) {
      this.#parts.onError(cause);
      return { at, cutoffs: [], pending: true };
    }
    await this.standing.renew(held);
    const cutoffs = await Promise.all(sessions.map((open) => this.#cut(open)));
    return { at, cutoffs: cutoffs.flat(), pending: false };
  }

  /** Lets some readers have more: their standing is computed anew, and their pages are told to look again. */
  async widen(concerns: (principal: Principal) => boolean): Promise<void> {
    // Queries under way end as they began; live connections go on from where they stand.
    const open = [...this.#open.values()].filter(({ session }) => concerns(session.reader.principal));
    for (const { session } of open) session.reader.hold();
    await this.standing.renew(open.map(({ session }) => session.reader));
    for (const one of open) {
      const { session } = one;
      if (session.phase !== 'held') continue;
      one.visible = this.#ids(session.reader);
      session.sink.control({ type: 'streams' });
      this.#restart(session, session.position);
    }
  }

  async #cut(open: Open): Promise<Cutoff[]> {
    const { session } = open;
    const { officer, door, party } = session.reader.principal;
    const now = this.#ids(session.reader);
    const lost = [...open.visible].filter((id) => session.wants(id) && !now.has(id));
    open.visible = now;
    if (session.phase === 'closed') return [];
    const cursor = this.#tokens.cursor(party, session.position);
    const names = lost.flatMap((id) => this.catalogue.byId(id)?.name ?? []);
    let acknowledged = true;
    if (names.length > 0) {
      const answered = session.acknowledged(CUT_MS);
      for (const stream of names) session.sink.control({ type: 'cut', stream, cursor });
      if (session.sink.framing === 'events') session.sink.finish();
      acknowledged = await answered;
      if (!acknowledged) session.sink.reset();
      if (!acknowledged || session.sink.framing === 'events') this.#close(session);
    }
    // A cast is needed: the phase changes while we wait.
    if ((session.phase as string) === 'held') {
      session.interest = this.#without(session.interest, lost);
      session.sink.control({ type: 'streams' });
      this.#restart(session, session.position);
    }
    return names.map((stream) => ({ officer, door, stream, cursor, acknowledged }));
  }

  #without(interest: Interest, lost: readonly number[]): Interest {
    const kept = new Set(interest.streams);
    for (const id of lost) kept.delete(id);
    return interestIn(interest.all, kept);
  }

  /** What is known of an officer; takes effect for what is opened from now on. */
  introduce(officer: OfficerId, facts: OfficerFacts): void {
    this.standing.introduce(officer, facts);
  }

  get counts(): { readonly sessions: number; readonly readers: number } {
    return { sessions: this.#open.size, readers: this.standing.readers.size };
  }

  async close(): Promise<void> {
    clearInterval(this.#look);
    for (const { session } of [...this.#open.values()]) {
      session.sink.finish();
      this.#close(session);
    }
    await this.#live.close();
  }
}

export { ReleaseError };
