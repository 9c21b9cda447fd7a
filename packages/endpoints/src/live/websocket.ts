import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type LiveHandle, type Release, ReleaseError, type Sink } from '@concord/release';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Callers } from '../caller.ts';
import { openLive } from './connection.ts';

const streams = z.array(z.string().max(300)).min(1).max(200);
const message = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('subscribe'),
    streams,
    cursor: z.string().max(64).optional(),
    conflate: z.boolean().optional(),
    from: z.literal('latest').optional(),
  }),
  z.strictObject({ type: z.literal('unsubscribe'), streams }),
  z.strictObject({ type: z.literal('ack'), cursor: z.string().max(64) }),
]);

/** Messages of a client may be this large; more closes the connection (RFC 6455, 1009). */
const MAX_MESSAGE = 64 * 1024;
/** A client that sends this many wrong messages is closed. */
const MAX_WRONG = 20;

export interface WebSocketParts {
  readonly release: Release;
  readonly callers: Callers;
  /** Origins from which a page may connect with its cookie. */
  readonly origins: readonly string[];
}

/** The WebSocket door `/live`: takes over upgrades of the HTTP server. */
export class LiveSockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
  });
  readonly #parts: WebSocketParts;

  constructor(parts: WebSocketParts) {
    this.#parts = parts;
  }

  /** Answers an upgrade to `/live`: 401 and 403 are given before the protocol changes. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const caller = await this.#parts.callers.authenticate(request).catch(() => undefined);
    if (!caller) return refuse(socket, 401, 'Unauthorized');
    const { origin } = request.headers;
    // A browser sends the cookie from any page: only our own pages may use it. Programs use a token.
    if (caller.via === 'cookie' && !(origin !== undefined && this.#parts.origins.includes(origin))) {
      return refuse(socket, 403, 'Forbidden');
    }
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      void this.#serve(ws, caller).catch(() => ws.terminate());
    });
  }

  async #serve(
    ws: WebSocket,
    caller: NonNullable<Awaited<ReturnType<Callers['authenticate']>>>,
  ): Promise<void> {
    ws.on('error', () => ws.terminate());
    const early: Buffer[] = [];
    const hold = (data: Buffer) => void early.push(data);
    ws.on('message', hold);
    const live = await openLive(this.#parts, caller, sinkOf(ws));
    ws.off('message', hold);
    const take = talker(live.handle, ws);
    for (const data of early) take(data);
    ws.on('message', take);
    const beat = setInterval(() => ws.ping(), 30_000);
    ws.on('close', () => {
      clearInterval(beat);
      live.close();
    });
    if (ws.readyState !== ws.OPEN) live.close();
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }
}

function refuse(socket: Duplex, status: number, text: string): void {
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function sinkOf(ws: WebSocket): Sink {
  const options = { binary: false, compress: false, fin: true };
  return {
    framing: 'lines',
    write: (frame) => ws.send(frame, options),
    control: (one) => {
      if (ws.readyState === ws.OPEN) ws.send(JSON.stringify(one), options);
    },
    finish: () => ws.close(1000),
    reset: () => ws.terminate(),
  };
}

function talker(handle: LiveHandle, ws: WebSocket): (data: Buffer) => void {
  let wrong = 0;
  // Subscriptions are made one after the other; acknowledgements never wait for them, for they may wait for these.
  let last = Promise.resolve();
  const fail = (code: string, why: string) => {
    ws.send(JSON.stringify({ type: 'error', code, message: why }));
    if (++wrong >= MAX_WRONG) ws.close(1008, 'too many wrong messages');
  };
  const attempt = async (work: () => Promise<void> | void) => {
    try {
      await work();
    } catch (cause) {
      if (cause instanceof ReleaseError) fail(cause.code, cause.message);
      else fail('again-later', 'not possible just now');
    }
  };
  return (data) => {
    let value: unknown;
    try {
      value = JSON.parse(data.toString('utf8'));
    } catch {
      return fail('bad-message', 'a message is one JSON object');
    }
    const read = message.safeParse(value);
    if (!read.success) {
      const issue = read.error.issues[0];
      return fail('bad-message', `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'is wrong'}`);
    }
    const wish = read.data;
    if (wish.type === 'ack') {
      void attempt(() => handle.acknowledge(wish.cursor));
      return;
    }
    last = last.then(() =>
      attempt(() => {
        if (wish.type === 'unsubscribe') return handle.unsubscribe(wish.streams);
        const { streams: names, cursor, conflate, from } = wish;
        return handle.subscribe({
          streams: names,
          ...(cursor !== undefined && { cursor }),
          ...(conflate !== undefined && { conflate }),
          ...(from && { from }),
        });
      }),
    );
  };
}
