import { DELAY_LADDER } from '@concord/agreement';
import type { PartyId } from '@concord/label';
import type { Catalogue } from './catalogue.ts';
import { type Frame, frames, type Outgoing } from './frames.ts';
import type { Verdicts } from './holds.ts';
import { LATE_END, type LateReader, readLate } from './late.ts';
import type { Position, Tokens } from './position.ts';
import { NOBODY } from './reader.ts';
import type { Given, Receipts } from './receipts.ts';
import type { Rendered, Renderer } from './render.ts';
import type { Row } from './row.ts';
import type { Session } from './session.ts';
import type { Standing } from './standing.ts';

/** Committed rows wait this long so that many leave in one write. */
const FLUSH_MS = 20;
/** After an error the next try is made no earlier. */
const RETRY_MS = 200;
/** How often late items are looked for. */
const LATE_MS = 1000;
/** Rows kept for sessions that are cut over from the store to the bus. */
const RING_ROWS = 20_000;
/** A reader that is without credit for this long is cut. */
const SLOW_MS = 60_000;

/** Sessions that are given the very same bytes. */
interface Group {
  readonly party: PartyId;
  readonly items: readonly Outgoing[];
  readonly members: { readonly session: Session; readonly mark: number }[];
}

export interface LiveParts {
  readonly standing: Standing;
  readonly catalogue: Catalogue;
  readonly renderer: Renderer;
  readonly tokens: Tokens;
  readonly receipts: Receipts;
  readonly late: LateReader;
  readonly verdicts: Verdicts;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
  /** A session fell behind and has credit again, or must be cut: the owner of sessions drives it. */
  readonly onSlow: (session: Session) => void;
}

/**
 * Fan-out of what is committed. Every few milliseconds the rows since the last flush are decided, once a release
 * class and subject class; put into their released form, once a verdict and party; joined, once a group of readers;
 * receipted durably; and only then, in one turn with a last look at each reader's standing, handed to the sockets.
 */
export class Live {
  readonly #parts: LiveParts;
  readonly sessions = new Set<Session>();
  readonly #ring: Row[] = [];
  #flushed = 0;
  #flushedAt = 0;
  /** Sequence number of the last row that is no longer at hand. */
  #lost = 0;
  #lateAt: number;
  #lateNext = 0;
  #lagging = false;
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  /** The store did not answer: it is asked again from this instant of the monotonic clock on. */
  #notBefore = 0;
  #closed = false;

  constructor(parts: LiveParts, committed: { readonly at: number; readonly seq: number }) {
    this.#parts = parts;
    this.#flushed = committed.seq;
    this.#lost = committed.seq;
    this.#flushedAt = committed.at;
    this.#lateAt = parts.now();
    this.#timer = setInterval(() => this.#wake(), FLUSH_MS);
  }

  /** Where a session that is up to date stands. */
  get head(): Position {
    return { at: this.#flushedAt, seq: this.#flushed, lateAt: this.#lateAt, lateSeq: LATE_END };
  }

  /** The last row that the bus has brought. */
  get committed(): { readonly at: number; readonly seq: number } {
    const last = this.#ring.at(-1);
    return last ? { at: last.ingested, seq: last.seq } : { at: this.#flushedAt, seq: this.#flushed };
  }

  /** Whether everything after this position is still at hand without the store. */
  has({ seq }: Position): boolean {
    return this.#lost <= seq;
  }

  /** Takes rows that are committed, in order of their sequence. */
  committedRows(rows: readonly Row[]): void {
    if (this.sessions.size === 0 && !this.#running) {
      // Nobody listens: the store has them.
      this.#forget(this.#ring.length);
      this.#lost = rows.at(-1)?.seq ?? this.#lost;
      this.#flushed = rows.at(-1)?.seq ?? this.#flushed;
      this.#flushedAt = rows.at(-1)?.ingested ?? this.#flushedAt;
      return;
    }
    this.#notTooLate(rows);
    for (const row of rows) this.#ring.push(row);
    this.#forget(this.#ring.length - RING_ROWS);
  }

  /** Rows whose commit took longer than the shortest delay were not there when they became due: look once more. */
  #notTooLate(rows: readonly Row[]): void {
    const due = (rows[0]?.ingested ?? Number.MAX_SAFE_INTEGER) + DELAY_LADDER[1].ms;
    if (due > this.#lateAt) return;
    this.dueSince(due);
  }

  /** Items have become due at an instant that the last look may have passed. */
  dueSince(at: number): void {
    for (const session of this.sessions) {
      const { position } = session;
      if (position.lateAt >= at) session.position = { ...position, lateAt: at - 1, lateSeq: LATE_END };
    }
  }

  /**
   * Drops what is at hand up to a row, so that whoever comes late reads it from the store, as it is now. False where
   * somebody is being given it just now: to be asked again.
   */
  forgetThrough(seq: number): boolean {
    if (this.#running || this.#lagging || this.#flushed < Math.min(seq, this.committed.seq)) return false;
    this.#forget(this.#after(seq));
    return true;
  }

  #forget(rows: number): void {
    if (rows <= 0) return;
    this.#lost = this.#ring[rows - 1]?.seq ?? this.#lost;
    this.#ring.splice(0, rows);
  }

  #wake(): void {
    if (this.#running || this.#closed || performance.now() < this.#notBefore) return;
    const late = this.#parts.now() >= this.#lateNext;
    if (!late && this.committed.seq === this.#flushed && !this.#lagging) return;
    this.#running = true;
    void this.#work(late)
      .catch((cause: unknown) => {
        this.#parts.onError(cause);
        this.#notBefore = performance.now() + RETRY_MS;
      })
      .finally(() => {
        this.#running = false;
      });
  }

  async #work(late: boolean): Promise<void> {
    if (this.committed.seq !== this.#flushed || this.#lagging) await this.#flush();
    if (late) {
      await this.#giveLate();
      this.#lateNext = this.#parts.now() + LATE_MS;
      this.#slow();
    }
  }

  #slow(): void {
    const limit = performance.now() - SLOW_MS;
    for (const session of this.sessions) {
      if (session.phase === 'behind' && session.behindSince < limit) this.#parts.onSlow(session);
    }
  }

  /** Takes a session in that has everything up to this position; the rest it gets from the ring. */
  join(session: Session, position: Position): void {
    session.turn++;
    session.position = position;
    session.phase = 'live';
    this.#lagging ||= position.seq < this.committed.seq;
  }

  async #flush(): Promise<void> {
    const { seq: end, at } = this.committed;
    this.#lagging = false;
    const considered = [...this.sessions].filter(
      ({ phase, reader, position }) =>
        phase === 'live' && reader.subjectClass !== NOBODY && position.seq < end,
    );
    const marks = considered.map(({ mark }) => mark);
    await this.#give(this.#group(considered, end));
    // Whoever had nothing to get, or got it all, is up to date; whoever was held or fell behind meanwhile is not.
    for (const [i, session] of considered.entries()) {
      if (session.phase === 'live' && session.mark === marks[i]) {
        if (session.position.seq < end) session.position = { ...session.position, at, seq: end };
      }
    }
    if (end > this.#flushed) {
      this.#flushed = end;
      this.#flushedAt = at;
    }
    this.#forget(this.#ring.length - RING_ROWS / 4);
  }

  /** Sorts live sessions into groups with equal verdicts over the rows that they have not been given. */
  #group(sessions: readonly Session[], end: number): Group[] {
    const groups = new Map<string, Group>();
    const signatures = new Map<string, string>();
    const rendered = new Map<string, Rendered | undefined>();
    for (const session of sessions) {
      const { reader, interest, position } = session;
      const { party } = reader.principal;
      const from = `${position.lateAt}/${position.lateSeq}`;
      const asked = `${reader.subjectClass}/${interest.key}/${position.seq}/${from}`;
      let signature = signatures.get(asked);
      if (signature === undefined) {
        const rows = this.#permitted(session, end);
        signature = `${party}/${from}/${rows.map(({ row, verdict }) => `${row.seq}:${verdict}`).join()}`;
        signatures.set(asked, signature);
        if (!groups.has(signature)) {
          groups.set(signature, { party, items: this.#outgoing(rows, session, rendered), members: [] });
        }
      }
      groups.get(signature)!.members.push({ session, mark: session.mark });
    }
    return [...groups.values()].filter((group) => group.items.length > 0);
  }

  #permitted(session: Session, end: number): { row: Row; verdict: number }[] {
    const { verdicts } = this.#parts;
    const { matrix } = this.#parts.standing;
    const rows: { row: Row; verdict: number }[] = [];
    for (let i = this.#after(session.position.seq); i < this.#ring.length; i++) {
      const row = this.#ring[i]!;
      if (row.seq > end) break;
      if (!session.wants(row.stream)) continue;
      const verdict = verdicts.of(row, session.reader.subjectClass);
      if (verdict !== 0 && matrix.rung(verdict) === 0) rows.push({ row, verdict });
    }
    return rows;
  }

  /** Index of the first row behind a sequence number. */
  #after(seq: number): number {
    let low = 0;
    let high = this.#ring.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ring[middle]!.seq <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #outgoing(
    rows: readonly { row: Row; verdict: number }[],
    { reader, position: before }: Session,
    cache: Map<string, Rendered | undefined>,
  ): Outgoing[] {
    const { party } = reader.principal;
    return rows.flatMap(({ row, verdict }) => {
      const key = `${party}/${row.seq}/${verdict}`;
      if (!cache.has(key)) cache.set(key, this.#parts.renderer.render(row, verdict, party));
      const form = cache.get(key);
      return form
        ? [{ row, verdict, rendered: form, position: { ...before, at: row.ingested, seq: row.seq } }]
        : [];
    });
  }

  /** Late items: what has become due since the last look is read from the store and decided now. */
  async #giveLate(): Promise<void> {
    const until = this.#parts.now();
    const groups = new Map<string, Group>();
    const considered = [...this.sessions].filter(
      ({ phase, reader }) => phase === 'live' && reader.subjectClass !== NOBODY,
    );
    const marks = considered.map(({ mark }) => mark);
    for (const session of considered) {
      const { reader, interest, position } = session;
      const key = `${reader.subjectClass}/${interest.key}/${Object.values(position).join('/')}`;
      let group = groups.get(key);
      if (!group) {
        const rows = await readLate(this.#parts, session, until);
        const items = rows.flatMap(({ row, verdict, release }) => {
          const rendered = this.#parts.renderer.render(row, verdict, reader.principal.party);
          const reached = { ...position, lateAt: release, lateSeq: row.seq };
          return rendered ? [{ row, verdict, rendered, position: reached }] : [];
        });
        group = { party: reader.principal.party, items, members: [] };
        groups.set(key, group);
      }
      group.members.push({ session, mark: session.mark });
    }
    await this.#give([...groups.values()].filter((group) => group.items.length > 0));
    this.#lateAt = until;
    for (const [i, session] of considered.entries()) {
      if (session.phase === 'live' && session.mark === marks[i]) {
        session.position = { ...session.position, lateAt: until, lateSeq: LATE_END };
      }
    }
  }

  /** Receipts first, durable; then the sockets, in one turn. */
  async #give(groups: readonly Group[]): Promise<void> {
    if (groups.length === 0) return;
    const epoch = this.#parts.standing.world.epoch;
    await this.#parts.receipts.given(
      groups.flatMap(({ items, members }): Given[] =>
        members.length === 0
          ? []
          : [{ items, readers: members.map(({ session }) => session.reader), epoch, door: 'live' }],
      ),
    );
    for (const { party, items, members } of groups) {
      const made = new Map<'lines' | 'events', Frame[]>();
      for (const { session, mark } of members) {
        if (session.phase !== 'live' || session.mark !== mark) continue;
        let list = made.get(session.sink.framing);
        if (!list) {
          list = frames(items, party, this.#parts.tokens, session.sink.framing);
          made.set(session.sink.framing, list);
        }
        this.hand(session, list);
      }
    }
  }

  /** Hands frames to one session as far as its credit goes; false where it fell behind. */
  hand(session: Session, list: readonly Frame[]): boolean {
    for (const { bytes, position, count } of list) {
      if (!session.mayWrite(bytes.length)) {
        session.phase = 'behind';
        session.behindSince = performance.now();
        if (session.sink.framing === 'events') this.#parts.onSlow(session);
        return false;
      }
      session.write(bytes, position, count);
    }
    return true;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    while (this.#running) await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
