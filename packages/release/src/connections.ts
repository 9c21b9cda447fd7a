import { randomUUID } from 'node:crypto';
import type { OfficerId, StreamId } from '@concord/label';
import { backfill } from './backfill.ts';
import type { Stream } from './catalogue.ts';
import { frames } from './frames.ts';
import { Live, type LiveParts } from './live.ts';
import type { Position } from './position.ts';
import type { Queries } from './query.ts';
import type { Principal, Reader } from './reader.ts';
import { logOf } from './receipts.ts';
import type { Row } from './row.ts';
import { CREDIT_BYTES, type Interest, interestIn, Session, type Sink } from './session.ts';
import type { StreamViews } from './stream-views.ts';

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

/** A connection that does not acknowledge its cut within this time is reset. */
const CUT_MS = 250;
/** How long a reader that is given the newest of each series may take for a portion of it. */
const LATEST_MS = 10_000;
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

/** All open live connections: what they are subscribed to, how they catch up, how they are cut. */
export class Connections {
  readonly #parts: LiveParts;
  readonly #live: Live;
  readonly #queries: Queries;
  readonly #views: StreamViews;
  readonly #open = new Map<Session, Open>();
  readonly #look: NodeJS.Timeout;
  #backfills = 0;
  readonly #waiting: { readonly session: Session; readonly turn: number }[] = [];

  constructor(
    parts: Omit<LiveParts, 'onSlow'>,
    queries: Queries,
    views: StreamViews,
    committed: { readonly at: number; readonly seq: number },
  ) {
    this.#parts = { ...parts, onSlow: (session) => this.#slow(session) };
    this.#queries = queries;
    this.#views = views;
    this.#live = new Live(this.#parts, committed);
    // What is late becomes visible by the passing of time alone.
    this.#look = setInterval(() => this.lookAgain(), LOOK_MS);
    this.#look.unref();
  }

  get size(): number {
    return this.#open.size;
  }

  committed(rows: readonly Row[]): void {
    this.#live.committedRows(rows);
  }

  get committedSeq(): number {
    return this.#live.committed.seq;
  }

  forgetThrough(seq: number): boolean {
    return this.#live.forgetThrough(seq);
  }

  /** Items are due again from an instant on. */
  again(since: number): void {
    this.#live.dueSince(since);
    this.lookAgain();
  }

  /** The connections of some readers. */
  #of(readers: readonly Reader[]): Open[] {
    return [...this.#open.values()].filter(({ session }) => readers.includes(session.reader));
  }

  /** Cuts what some readers have lost, and lets what they still have go on. */
  async cut(readers: readonly Reader[]): Promise<Cutoff[]> {
    return (await Promise.all(this.#of(readers).map((open) => this.#cut(open)))).flat();
  }

  /** Holds the connections of some readers while they are given more, then lets them go on from where they stand. */
  async widen(concerns: (principal: Principal) => boolean): Promise<void> {
    const open = [...this.#open.values()].filter(({ session }) => concerns(session.reader.principal));
    for (const { session } of open) session.reader.hold();
    await this.#parts.standing.renew(open.map(({ session }) => session.reader));
    for (const one of open) {
      const { session } = one;
      if (session.phase !== 'held') continue;
      one.visible = this.#views.ids(session.reader);
      session.sink.control({ type: 'streams' });
      this.#restart(session, session.position);
    }
  }

  /** Tells what is open for some readers. */
  tell(
    concerns: (principal: Principal) => boolean,
    message: Readonly<Record<string, unknown>> & { readonly type: string },
  ): void {
    for (const { session } of this.#open.values())
      if (session.phase !== 'closed' && concerns(session.reader.principal)) session.sink.control(message);
  }

  /** Tells pages to read their streams again where one has appeared that they may have. */
  lookAgain(): void {
    for (const open of this.#open.values()) {
      const { session } = open;
      if (session.phase === 'closed' || session.phase === 'held') continue;
      const now = this.#views.ids(session.reader);
      if ([...now].every((id) => open.visible.has(id))) continue;
      const wanted = [...now].some((id) => !open.visible.has(id) && session.wants(id));
      open.visible = now;
      session.sink.control({ type: 'streams' });
      if (wanted) void this.#opened(session).catch(this.#parts.onError);
    }
  }

  /** Opens a live connection for a reader. */
  connect(reader: Reader, sink: Sink): LiveHandle {
    const session = new Session(reader, sink, interestIn(false, new Set()), this.#live.head, false);
    session.phase = 'live';
    const open: Open = { id: randomUUID(), session, visible: this.#views.ids(reader) };
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

  async #subscribe(session: Session, { streams, cursor, conflate, from }: Subscription): Promise<void> {
    const { reader, sink } = session;
    const visible = this.#views.visible(reader);
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
    const { interest: before, position: stood } = session;
    const idle = !before.all && before.streams.size === 0;
    const here = idle ? this.#live.head : stood;
    const position =
      cursor === undefined ? here : this.#parts.tokens.position(reader.principal.party, cursor);
    session.conflate = conflate ?? session.conflate;
    session.interest = interestIn(all, wanted);
    session.position = position;
    // Until it goes on from there it is given nothing, or that would come twice or in the wrong order.
    if (session.phase === 'live') session.phase = 'backfill';
    const turn = ++session.turn;
    try {
      await this.#opened(session);
    } catch (cause) {
      session.interest = before;
      if (session.turn === turn) this.#goOn(session, stood);
      throw cause;
    }
    if (session.phase === 'closed') return;
    if (from === 'latest') {
      const named = visible.filter((one) => streams.includes('*') || streams.includes(one.name));
      await this.#giveLatest(session, named);
    }
    sink.control({ type: 'phase', phase: 'backfill' });
    session.announceLive = true;
    // Otherwise it has gone on already from there, after a change of what it may have or with new credit.
    if (session.turn === turn) this.#goOn(session, position);
  }

  /** From a position, at once or when what keeps it from going on is over. */
  #goOn(session: Session, position: Position): void {
    if (session.phase === 'backfill') this.#restart(session, position);
    else session.position = position;
  }

  async #opened(session: Session): Promise<void> {
    const { reader } = session;
    const logs = this.#logs(session);
    await this.#parts.receipts.session(
      'open',
      this.#open.get(session)?.id ?? '',
      reader.principal.officer,
      logs,
    );
  }

  #logs(session: Session): Map<string, string[]> {
    const logs = new Map<string, string[]>();
    for (const stream of this.#views.visible(session.reader)) {
      if (!session.wants(stream.id)) continue;
      for (const permit of this.#views.view(session.reader, stream).permittedBy) {
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
    const list = frames(found, reader.principal.party, this.#parts.tokens, session.sink.framing);
    for (const frame of list) {
      if (!(await session.credit(frame.bytes.length, LATEST_MS))) return;
      if (reader.version !== version || session.phase === 'closed') return;
      session.write(frame.bytes, frame.position, frame.count);
    }
  }

  #unsubscribe(session: Session, streams: readonly string[]): void {
    const kept = new Set(session.interest.streams);
    for (const name of streams) {
      const stream = this.#parts.catalogue.byName(name);
      if (stream) kept.delete(stream.id);
    }
    session.interest = interestIn(session.interest.all && !streams.includes('*'), kept);
  }

  #acknowledge(session: Session, cursor: string): void {
    const freed = session.acknowledge(this.#parts.tokens.position(session.reader.principal.party, cursor));
    // Credit comes back in halves, or a slow reader would cost a query an acknowledgement.
    const half = session.inFlight * 2 <= CREDIT_BYTES;
    if (!freed || !half || session.phase !== 'behind') return;
    // What it missed is mostly still at hand, and others have missed the same: no need to ask the store.
    if (this.#live.has(session.position)) this.#live.join(session, session.position);
    else this.#restart(session, session.position);
  }

  #restart(session: Session, position: Position): void {
    session.turn++;
    session.position = position;
    session.phase = 'backfill';
    this.#waiting.push({ session, turn: session.turn });
    this.#pump();
  }

  #pump(): void {
    while (this.#backfills < BACKFILLS) {
      const next = this.#waiting.shift();
      if (!next) return;
      const { session, turn } = next;
      if (session.phase !== 'backfill' || session.turn !== turn) continue;
      this.#backfills++;
      void backfill(this.#parts, this.#live, session)
        .catch((cause: unknown) => {
          const still = () => session.phase === 'backfill' && session.turn === turn;
          if (still() && !session.reader.signal.aborted) {
            this.#parts.onError(cause);
            session.sink.control({ type: 'error', code: 'again-later', message: 'the store did not answer' });
            setTimeout(() => still() && this.#restart(session, session.position), 1000);
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
      const cursor = this.#parts.tokens.cursor(session.reader.principal.party, session.position);
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
    void this.#parts.receipts
      .session('close', open.id, session.reader.principal.officer, logs, session.messages)
      .catch(this.#parts.onError);
    session.reader.close();
  }

  async #cut(open: Open): Promise<Cutoff[]> {
    const { session } = open;
    const { officer, door, party } = session.reader.principal;
    const now = this.#views.ids(session.reader);
    const lost = [...open.visible].filter((id) => session.wants(id) && !now.has(id));
    open.visible = now;
    if (session.phase === 'closed') return [];
    const cursor = this.#parts.tokens.cursor(party, session.position);
    const names = lost.flatMap((id) => this.#parts.catalogue.byId(id)?.name ?? []);
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

  async close(): Promise<void> {
    clearInterval(this.#look);
    for (const { session } of [...this.#open.values()]) {
      session.sink.finish();
      this.#close(session);
    }
    await this.#live.close();
  }
}
