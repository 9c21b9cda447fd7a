import { Server } from 'node:http';
import { Socket } from 'node:net';
import type { RunningNode } from '@concord/server';

/** What a node in this process hands to its sockets, seen at the socket itself. */
export interface HandedWatch {
  /** Items that were handed to a socket of an officer that was held already. */
  readonly afterHold: readonly { readonly officer: string; readonly text: string }[];
  /** How long each hold took, milliseconds. */
  readonly holdMs: readonly number[];
  /** Writes that were looked at: a watch that saw nothing proves nothing. */
  readonly writes: number;
  stop(): void;
}

const ITEM = /"type":"item"|"items":\[\{/;

const officerOf = (authorization: string | undefined): string => {
  const payload = authorization?.split('.')[1] ?? '';
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString() || '{}') as { sub?: string };
  return sub ?? '';
};

/**
 * Watches every write to a socket of the node's port. Sockets are told apart by the token of the request that came in
 * on them; an officer counts as held from the very return of `hold`, in the turn in which it is called.
 */
export function watchHanded(node: RunningNode, port: number): HandedWatch {
  const officers = new WeakMap<Socket, string>();
  const held = new Set<string>();
  const afterHold: { officer: string; text: string }[] = [];
  const holdMs: number[] = [];
  let writes = 0;

  const { emit } = Server.prototype;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...args: unknown[]) {
    if (event === 'request' || event === 'upgrade') {
      const { socket, headers } = args[0] as { socket: Socket; headers: { authorization?: string } };
      officers.set(socket, officerOf(headers.authorization));
    }
    return (emit as (...given: unknown[]) => boolean).call(this, event, ...args);
  };

  const { write } = Socket.prototype;
  Socket.prototype.write = function (this: Socket, ...args: unknown[]) {
    const officer = this.localPort === port ? officers.get(this) : undefined;
    if (officer !== undefined) writes++;
    if (officer !== undefined && held.has(officer)) {
      const text = String(args[0]);
      if (ITEM.test(text)) afterHold.push({ officer, text: text.slice(0, 200) });
    }
    return (write as (...given: unknown[]) => boolean).apply(this, args);
  } as typeof write;

  const { standing } = node.release;
  const { hold } = standing;
  standing.hold = (concerns, of) => {
    const from = performance.now();
    const readers = hold.call(standing, concerns, of);
    holdMs.push(performance.now() - from);
    for (const { principal } of readers) held.add(principal.officer);
    return readers;
  };

  return {
    afterHold,
    holdMs,
    get writes() {
      return writes;
    },
    stop: () => {
      Server.prototype.emit = emit;
      Socket.prototype.write = write;
      standing.hold = hold;
    },
  };
}
