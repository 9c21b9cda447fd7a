import { createHash, createHmac, randomBytes } from 'node:crypto';
import { DELAY_LADDER, type Obligations } from '@concord/agreement';
import type { Permit } from '@concord/gate';
import type { PartyId } from '@concord/label';
import {
  commit,
  deriveSalt,
  encodeReceipt,
  type Receipt,
  type RevokeTarget,
  recipientsRoot,
  sealFlush,
} from '@concord/ledger';
import type { Delivery, Destruction } from '@concord/store';
import { type Act, actDraft } from './acts.ts';
import type { Catalogue, Stream } from './catalogue.ts';
import { deliveryOf } from './delivery.ts';
import type { Reader } from './reader.ts';
import type { Rendered } from './render.ts';
import type { Row } from './row.ts';
import type { Standing } from './standing.ts';

/** A receipt on its way to the log. */
export interface ReceiptEntry {
  readonly log: string;
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly salt: Uint8Array;
  /** Parties that may have the salt and what it opens: the originators' and the recipients'. */
  readonly parties: readonly string[];
  /** What the leaf commits to, kept beside the salt under the same row security. */
  readonly opening: Readonly<Record<string, unknown>>;
  /** What of it counts as given by one party to another, in numbers. */
  readonly delivery?: Delivery;
}

export interface ReceiptRecord {
  receiptCount(log: string): Promise<number>;
  /** Durable when it resolves. */
  appendReceipts(entries: readonly ReceiptEntry[]): Promise<void>;
}

/** Items about to be given to readers of one party, the very same to each. */
export interface Given {
  readonly items: readonly { readonly row: Row; readonly verdict: number; readonly rendered: Rendered }[];
  readonly readers: readonly Reader[];
  readonly epoch: number;
  readonly door: string;
}

type Destroyed = Pick<Destruction, 'from' | 'to' | 'count' | 'digest'>;

export type Draft = Omit<ReceiptEntry, 'index' | 'leaf'> & { readonly receipt: (at: string) => Receipt };

const words = (list: Iterable<string>) => [...new Set(list)].sort();

function obligationWords({ position, delay, drop }: Obligations): string[] {
  return words([
    ...(position ? [`position h3 ${position.h3}`] : []),
    ...(delay ? [`delay ${DELAY_LADDER[delay].text}`] : []),
    ...(drop ?? []).map((field) => `drop ${field}`),
  ]);
}

/** The log in which a permit is accounted for: the agreement's, or the party's own for what it gives its own officers. */
export const logOf = (permit: Permit): string =>
  'home' in permit ? `home-${permit.home}` : permit.agreement;

const permitWord = (permit: Permit): string =>
  'home' in permit ? `home ${permit.home}` : `${permit.clause} of version ${permit.version}`;

/** The digest of the JSON of a released item, without the cursor that is added to it on the way. */
const digests = new WeakMap<Rendered, Uint8Array>();
function digestOf(rendered: Rendered): Uint8Array {
  let digest = digests.get(rendered);
  if (!digest) {
    digest = createHash('sha256').update('{').update(rendered.body).digest();
    digests.set(rendered, digest);
  }
  return digest;
}

/**
 * Writes a receipt for whatever is about to leave: no delivery without a receipt, durable before the first byte. What
 * several callers want written at the same time is committed together.
 */
export class Receipts {
  readonly #record: ReceiptRecord;
  readonly #standing: Standing;
  readonly #catalogue: Catalogue;
  readonly #secret: Buffer;
  readonly #now: () => number;
  readonly #sizes = new Map<string, number>();
  readonly #groups = new Map<string, { salt: Uint8Array; root: Uint8Array }>();
  #queue: { drafts: readonly Draft[]; done: () => void; failed: (cause: unknown) => void }[] = [];
  #writing = false;
  #onAppended: ((entries: readonly ReceiptEntry[]) => void) | undefined;

  constructor(parts: {
    record: ReceiptRecord;
    standing: Standing;
    catalogue: Catalogue;
    secret: Buffer;
    now: () => number;
  }) {
    this.#record = parts.record;
    this.#standing = parts.standing;
    this.#catalogue = parts.catalogue;
    this.#secret = parts.secret;
    this.#now = parts.now;
  }

  /** Called with entries once they are durable: the tiles of the log are made from them. */
  set onAppended(listener: (entries: readonly ReceiptEntry[]) => void) {
    this.#onAppended = listener;
  }

  /** One leaf a stream, log and group of readers. Resolves when durable. */
  given(list: readonly Given[]): Promise<void> {
    const drafts = list.flatMap((one) => this.#drafts(one));
    return drafts.length === 0 ? Promise.resolve() : this.write(drafts);
  }

  #drafts({ items, readers, epoch, door }: Given): Draft[] {
    const first = readers[0];
    if (!first || items.length === 0) return [];
    const { subjectClass } = first;
    const party = first.principal.party;
    const officers = words(readers.map((one) => one.principal.officer));
    const buckets = new Map<
      string,
      { permits: readonly Permit[]; verdict: number; items: (typeof items)[number][] }
    >();
    for (const item of items) {
      const { row, verdict } = item;
      // The basis is asked of the matrix as it is now: if the verdicts changed, so will the version, and nothing leaves.
      const permits = this.#standing.matrix.permits(row.releaseClass, subjectClass);
      const facts = this.#standing.releaseFacts(row.releaseClass);
      const whose = `${facts?.originators.join()}/${facts?.policy}/${facts?.classification}`;
      const key = `${row.stream}/${verdict}/${whose}/${permits.map(permitWord).join()}`;
      const bucket = buckets.get(key) ?? { permits, verdict, items: [] };
      buckets.set(key, bucket);
      bucket.items.push(item);
    }
    return [...buckets.values()].flatMap(({ permits, verdict, items: inside }) =>
      words(permits.map(logOf)).map((log, i) => {
        const mine = permits.filter((permit) => logOf(permit) === log);
        const draft = this.#flush({
          log,
          permits: mine,
          verdict,
          items: inside,
          party,
          officers,
          epoch,
          door,
        });
        const facts = this.#standing.releaseFacts(inside[0]!.row.releaseClass);
        const stream = this.#catalogue.byId(inside[0]!.row.stream);
        // Items that are accounted for in two logs are given once.
        if (i > 0 || !facts || !stream) return draft;
        const rows = inside.map(({ row }) => row);
        const recipients = officers.length;
        const delivery = deliveryOf({
          rows,
          facts,
          stream,
          permits,
          party,
          recipients,
          door,
          now: this.#now(),
        });
        return { ...draft, ...(delivery && { delivery }) };
      }),
    );
  }

  #flush(of: {
    log: string;
    permits: readonly Permit[];
    verdict: number;
    items: Given['items'];
    party: PartyId;
    officers: readonly string[];
    epoch: number;
    door: string;
  }): Draft {
    const salt = randomBytes(16);
    const stream = this.#catalogue.byId(of.items[0]!.row.stream)?.name ?? '';
    const times = of.items.map(({ row }) => row.ingested);
    const range = {
      from: new Date(Math.min(...times)).toISOString(),
      to: new Date(Math.max(...times)).toISOString(),
      door: of.door,
    };
    const group = this.#group(of.officers);
    const sealed = sealFlush({
      salt,
      stream,
      range,
      digests: of.items.map(({ rendered }) => digestOf(rendered)),
      recipients: group.root,
    });
    const facts = this.#standing.releaseFacts(of.items[0]!.row.releaseClass);
    return {
      log: of.log,
      salt,
      parties: words([...(facts?.originators ?? []), of.party]),
      opening: {
        stream,
        range,
        recipients: of.officers,
        groupSalt: Buffer.from(group.salt).toString('base64url'),
      },
      receipt: (at) => ({
        v: 1,
        kind: 'flush',
        log: of.log,
        at,
        epoch: of.epoch,
        clauses: words(of.permits.map(permitWord)),
        obligations: obligationWords(this.#standing.matrix.obligations(of.verdict) ?? {}),
        ...sealed,
      }),
    };
  }

  /** The commitment to a group of recipients changes only with the group. */
  #group(officers: readonly string[]): { salt: Uint8Array; root: Uint8Array } {
    const key = officers.join('\n');
    let group = this.#groups.get(key);
    if (!group) {
      const salt = createHmac('sha256', this.#secret).update(`recipients\n${key}`).digest().subarray(0, 16);
      group = { salt, root: recipientsRoot(salt, officers) };
      if (this.#groups.size > 10_000) this.#groups.clear();
      this.#groups.set(key, group);
    }
    return group;
  }

  /** A session began or ended a way for data: one leaf in each log concerned. */
  session(
    kind: 'open' | 'close',
    session: string,
    officer: string,
    logs: ReadonlyMap<string, readonly string[]>,
    messages = 0,
  ): Promise<void> {
    const drafts = [...logs].map(([log, clauses]): Draft => {
      const salt = randomBytes(16);
      const { epoch } = this.#standing.world;
      return {
        log,
        salt,
        parties: words([officer.slice(officer.indexOf('@') + 1)]),
        opening: { session, officer },
        receipt: (at) =>
          kind === 'open'
            ? {
                v: 1,
                kind,
                log,
                at,
                epoch,
                session,
                officer: commit(deriveSalt(salt, 'officer'), officer),
                clauses: words(clauses),
              }
            : { v: 1, kind, log, at, epoch, session, reason: 'client', messages },
      };
    });
    return drafts.length === 0 ? Promise.resolve() : this.write(drafts);
  }

  /** What was done under an agreement: one leaf an act. */
  acted(acts: readonly Act[]): Promise<void> {
    const { epoch } = this.#standing.world;
    return acts.length === 0 ? Promise.resolve() : this.write(acts.map((one) => actDraft(one, epoch)));
  }

  /** Something was revoked, suspended or withdrawn, with what that has cut. */
  revoked(
    log: string,
    subject: string,
    parties: readonly string[],
    cutoffs: readonly unknown[],
    target: RevokeTarget = 'grant',
  ): Promise<void> {
    const salt = randomBytes(16);
    const { epoch } = this.#standing.world;
    const told = JSON.parse(JSON.stringify(cutoffs));
    return this.write([
      {
        log,
        salt,
        parties: words(parties),
        opening: { [target]: subject, cutoffs: told },
        receipt: (at) => ({
          v: 1,
          kind: 'revoke',
          log,
          at,
          epoch,
          target,
          subject: commit(deriveSalt(salt, 'subject'), subject),
          cutoffs: commit(deriveSalt(salt, 'cutoffs'), told),
        }),
      },
    ]);
  }

  /** An originator has recalled something. */
  recalled(log: string, recall: string, parties: readonly string[]): Promise<void> {
    const salt = randomBytes(16);
    const { epoch } = this.#standing.world;
    const subject = commit(deriveSalt(salt, 'subject'), recall);
    const cutoffs = commit(deriveSalt(salt, 'cutoffs'), []);
    const receipt = (at: string): Receipt =>
      ({ v: 1, kind: 'revoke', log, at, epoch, target: 'item', subject, cutoffs }) as const;
    return this.write([{ log, salt, parties: words(parties), opening: { recall }, receipt }]);
  }

  /** Items have been destroyed: which stream, range and count, and a commitment to what they were. */
  destroyed({ name, party }: Stream, { from, to, count, digest }: Destroyed): Promise<void> {
    const salt = randomBytes(16);
    const log = `home-${party}`;
    const { epoch } = this.#standing.world;
    const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    const items = Buffer.from(digest).toString('base64url');
    const receipt = (at: string): Receipt => ({
      v: 1,
      kind: 'destroy',
      log,
      at,
      epoch,
      stream: commit(deriveSalt(salt, 'stream'), name),
      range: commit(deriveSalt(salt, 'range'), range),
      items: commit(deriveSalt(salt, 'items'), items),
      count,
    });
    return this.write([{ log, salt, parties: [party], opening: { stream: name, range, items }, receipt }]);
  }

  write(drafts: readonly Draft[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#queue.push({ drafts, done, failed });
      void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      try {
        const entries = await this.#number(batch.flatMap(({ drafts }) => drafts));
        await this.#record.appendReceipts(entries);
        for (const { log, index } of entries) this.#sizes.set(log, index + 1);
        this.#onAppended?.(entries);
        for (const { done } of batch) done();
      } catch (cause) {
        // Whether it was committed is not known: the next numbers are asked of the record.
        this.#sizes.clear();
        for (const { failed } of batch) failed(cause);
      }
    }
    this.#writing = false;
  }

  async #number(drafts: readonly Draft[]): Promise<ReceiptEntry[]> {
    const at = new Date(this.#now()).toISOString();
    const next = new Map<string, number>();
    const entries: ReceiptEntry[] = [];
    for (const { receipt, ...draft } of drafts) {
      let index = next.get(draft.log) ?? this.#sizes.get(draft.log);
      if (index === undefined) index = await this.#record.receiptCount(draft.log);
      next.set(draft.log, index + 1);
      entries.push({ ...draft, index, leaf: encodeReceipt(receipt(at)) });
    }
    return entries;
  }
}
