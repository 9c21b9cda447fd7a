import { ServerResponse } from 'node:http';
import type { OfficerId, PartyId } from '@concord/label';
import { CREDIT_BYTES, Session, Standing } from '@concord/release';

/** What the server hands to sockets, seen where it does so. */
export class HandOvers {
  /** When each officer was held, milliseconds of the monotonic clock. */
  readonly heldAt = new Map<string, number>();
  /** When something was last handed over to each officer: monotonic, and UTC. */
  readonly last = new Map<string, { readonly monotonic: number; readonly utc: number }>();
  readonly afterHold: string[] = [];
  readonly overCredit: string[] = [];
  readonly officers = new Map<string, string>();
  readonly #restore: (() => void)[] = [];

  #note(officer: string): void {
    if (this.heldAt.has(officer)) this.afterHold.push(officer);
    this.last.set(officer, { monotonic: performance.now(), utc: Date.now() });
  }

  watch(): void {
    const { write } = Session.prototype;
    const { hold } = Standing.prototype;
    const { write: writePart, end } = ServerResponse.prototype;
    const all = this;
    Session.prototype.write = function (frame, position, messages) {
      all.#note(this.reader.principal.officer);
      write.call(this, frame, position, messages);
      if (this.inFlight > CREDIT_BYTES) all.overCredit.push(this.reader.principal.officer);
    };
    Standing.prototype.hold = function (concerns, of) {
      const held = hold.call(this, concerns, of);
      for (const officer of all.officers.values()) {
        const principal = { officer: officer as OfficerId, party: 'birch' as PartyId, door: 'live' as const };
        if (!concerns({ ...principal, purposes: [] }) || all.heldAt.has(officer)) continue;
        all.heldAt.set(officer, performance.now());
      }
      return held;
    };
    const note = (response: ServerResponse, part: unknown) => {
      const officer = all.officers.get(response.req.headers.authorization ?? '');
      if (!officer || !response.req.url?.startsWith('/api/items') || response.statusCode !== 200) return;
      if (!(typeof part === 'string' || Buffer.isBuffer(part)) || part.length === 0) return;
      if (!part.toString('latin1').startsWith('{"items":[]')) all.#note(officer);
    };
    ServerResponse.prototype.write = function (this: ServerResponse, ...given: unknown[]) {
      note(this, given[0]);
      return Reflect.apply(writePart, this, given) as boolean;
    } as typeof writePart;
    ServerResponse.prototype.end = function (this: ServerResponse, ...given: unknown[]) {
      note(this, given[0]);
      return Reflect.apply(end, this, given) as ServerResponse;
    } as typeof end;
    this.#restore.push(() => {
      Session.prototype.write = write;
      Standing.prototype.hold = hold;
      ServerResponse.prototype.write = writePart;
      ServerResponse.prototype.end = end;
    });
  }

  restore(): void {
    for (const one of this.#restore.splice(0)) one();
  }
}
