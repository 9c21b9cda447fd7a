import type { Bus } from '@concord/bus';
import { subscribe } from '@concord/bus/readers';
import type { World } from '@concord/gate';
import type { OfficerId, PartyId } from '@concord/label';
import type { RecallTables, ReclassTables, RetentionTables } from '@concord/store';
import type { GivenQuery, GivenSum, QuarantinedEntry } from '@concord/store/readers';
import { AreaChanges, type AreaChangesParts } from './area-changes.ts';
import { Catalogue, type CatalogueRecord } from './catalogue.ts';
import { Connections, type Cutoff, type LiveHandle } from './connections.ts';
import { type Holding, holdings } from './holdings.ts';
import { Verdicts } from './holds.ts';
import { LabelChanges } from './label-changes.ts';
import { Tokens } from './position.ts';
import { type ItemsQuery, type Page, Queries, type StoreReader } from './query.ts';
import type { OfficerFacts, Principal, Reader } from './reader.ts';
import { Recalls } from './recalls.ts';
import { type ReceiptRecord, Receipts } from './receipts.ts';
import { Renderer } from './render.ts';
import { type HoldLimit, Retention } from './retention.ts';
import type { Row } from './row.ts';
import type { Sink } from './session.ts';
import { type PolicyRecord, Standing } from './standing.ts';
import { type StreamView, StreamViews } from './stream-views.ts';

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
  /** Changes of what is stored. */
  readonly upkeep: ReclassTables &
    RecallTables &
    RetentionTables & {
      /** The number of the last item taken in, committed or not. */
      readonly numbered: () => number;
      readonly judged: AreaChangesParts['judged'];
    };
  /** For how long items are held; absent, for ever. */
  readonly limits?: readonly HoldLimit[];
  readonly onError: (cause: unknown) => void;
}

/** Subject classes that nobody has had for so long are forgotten. */
const IDLE_MS = 15 * 60_000;

/**
 * The enforcement point: everything that leaves, leaves here. Queries, live connections and revocation share one
 * standing, one renderer and one log of receipts.
 */
export class Release {
  readonly standing: Standing;
  readonly catalogue: Catalogue;
  readonly receipts: Receipts;
  readonly recalls: Recalls;
  readonly retention: Retention;
  readonly areas: AreaChanges;
  readonly #labels: LabelChanges;
  readonly #upkeep: ReleaseOptions['upkeep'];
  #pruning: NodeJS.Timeout | undefined;
  readonly #queries: Queries;
  readonly #connections: Connections;
  readonly #views: StreamViews;
  readonly #store: StoreReader;
  readonly #now: () => number;
  readonly #onError: (cause: unknown) => void;
  readonly #taps: ((rows: readonly Row[]) => void)[] = [];

  constructor(options: ReleaseOptions) {
    const { now, secret, store: late, onError } = options;
    const standing = new Standing(options.policy, options.world);
    const catalogue = new Catalogue(options.catalogue);
    const tokens = new Tokens(options.secret);
    const renderer = new Renderer(standing, catalogue, tokens);
    const receipts = new Receipts({ record: options.receipts, standing, catalogue, secret, now });
    const verdicts = new Verdicts(standing, catalogue, now);
    const parts = { standing, catalogue, renderer, tokens, receipts, late, verdicts, now, onError };
    this.standing = standing;
    this.catalogue = catalogue;
    this.receipts = receipts;
    this.#store = late;
    this.#now = now;
    this.#onError = onError;
    this.#queries = new Queries(parts);
    this.#views = new StreamViews(standing, catalogue, now);
    this.#connections = new Connections(parts, this.#queries, this.#views, options.committed);
    const tables = options.upkeep;
    this.#upkeep = tables;
    const connections = this.#connections;
    this.recalls = new Recalls({
      ...parts,
      tables,
      numbered: tables.numbered,
      committed: () => connections.committedSeq,
      forgetThrough: (seq) => connections.forgetThrough(seq),
      narrow: (concerns, write) => this.narrow(concerns, write),
      tell: (party, message) => connections.tell((principal) => principal.party === party, message),
    });
    this.retention = new Retention({ ...parts, tables, limits: options.limits ?? [] });
    this.areas = new AreaChanges({ ...parts, tables, judged: tables.judged });
    this.#labels = new LabelChanges({
      ...parts,
      tables,
      onSucceeded: async (parties) => {
        await this.narrow(
          ({ party }) => parties.has(party),
          async () => undefined,
        );
      },
      onAgain: (since) => connections.again(since),
    });
  }

  /** Takes up what has been going on before this start; nothing is released before. */
  async resume(): Promise<void> {
    for (const { stream, releaseClass } of await this.#upkeep.again())
      this.catalogue.occursAgain(stream, releaseClass);
    await this.recalls.restore();
    this.areas.start();
    this.#labels.start();
    this.retention.start();
    const prune = () => void this.standing.prune(IDLE_MS).catch(this.#onError);
    this.#pruning = setInterval(prune, IDLE_MS);
    this.#pruning.unref();
  }

  /** Sums of what a party gave and got, from the receipts; without a party, of everything. */
  given(party: PartyId | undefined, wanted: GivenQuery): Promise<GivenSum[]> {
    return this.#store.given(party, wanted);
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
    if (fresh) this.#connections.lookAgain();
    this.#connections.committed(rows);
    for (const tap of this.#taps) {
      try {
        tap(rows);
      } catch (cause) {
        this.#onError(cause);
      }
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

  /** One item by its identifier; `no-such-item` alike where it is hidden and where there is none. */
  item(reader: Reader, id: string): Promise<Page> {
    return this.#queries.item(reader, id);
  }

  latest(reader: Reader, query: ItemsQuery): Promise<Page> {
    return this.#queries.latest(reader, query);
  }

  streams(reader: Reader): StreamView[] {
    return this.#views.visible(reader).map((stream) => this.#views.view(reader, stream));
  }

  /** Why a stream is released as it is; undefined alike where it is hidden and where there is none. */
  reasons(reader: Reader, name: string): ReturnType<StreamViews['reasons']> {
    return this.#views.reasons(reader, name);
  }

  /** What a reader's own party holds, by classes as another world would have them. */
  holdings(reader: Reader, under: World): Promise<Holding[]> {
    return holdings(this.standing, this.#store, reader, under);
  }

  /** Opens a live connection for a reader. */
  connect(reader: Reader, sink: Sink): LiveHandle {
    return this.#connections.connect(reader, sink);
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
    return this.#store.quarantine(party, limit, before);
  }

  /**
   * Narrows what some readers may have. Held in this very turn; then `write` makes it durable and says what is now so;
   * then each live connection that lost a stream is told where it was cut, and reset if it does not answer. If `write`
   * fails the hold stays, and the answer is `pending`.
   */
  async narrow(
    concerns: (principal: Principal) => boolean,
    write: () => Promise<void>,
    of?: OfficerId,
  ): Promise<{ at: number; cutoffs: Cutoff[]; pending: boolean }> {
    const held = this.standing.hold(concerns, of);
    const at = this.#now();
    // A live reader goes on with what it still has, also one that is only about to be connected.
    for (const reader of held) if (reader.principal.door !== 'live') reader.abort();
    try {
      await write();
    } catch (cause) {
      this.#onError(cause);
      return { at, cutoffs: [], pending: true };
    }
    await this.standing.renew(held);
    return { at, cutoffs: await this.#connections.cut(held), pending: false };
  }

  /** Lets some readers have more: their standing is computed anew, and their pages are told to look again. */
  widen(concerns: (principal: Principal) => boolean): Promise<void> {
    return this.#connections.widen(concerns);
  }

  /** Says something to those who are connected now: what it is about they read by the API. */
  tell(
    concerns: (principal: Principal) => boolean,
    message: Readonly<Record<string, unknown>> & { readonly type: 'notice' },
  ): void {
    this.#connections.tell(concerns, message);
  }

  /** What is known of an officer; takes effect for what is opened from now on. */
  introduce(officer: OfficerId, facts: OfficerFacts): void {
    this.standing.introduce(officer, facts);
  }

  get counts(): { readonly sessions: number; readonly readers: number } {
    return { sessions: this.#connections.size, readers: this.standing.readers.size };
  }

  async close(): Promise<void> {
    clearInterval(this.#pruning);
    await this.#labels.close();
    await this.areas.close();
    await this.retention.close();
    await this.recalls.close();
    await this.#connections.close();
  }
}
