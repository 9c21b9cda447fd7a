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
/** How long a client that is closed for it may take to say goodbye. */
const GOODBYE_MS = 1000;

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
      void this.#serve(ws, socket, caller).catch(() => ws.terminate());
    });
  }

  async #serve(
    ws: WebSocket,
    socket: Duplex,
    caller: NonNullable<Awaited<ReturnType<Callers['authenticate']>>>,
  ): Promise<void> {
    ws.on('error', () => ws.terminate());
    const early: Buffer[] = [];
    const hold = (data: Buffer) => void early.push(data);
    ws.on('message', hold);
    const live = await openLive(this.#parts, caller, sinkOf(ws, socket));
    ws.off('message', hold);
    const take = talker(live.handle, ws);
    for (const data of early) take(data);
    ws.on('message', take);
    // It may have gone while the reader was admitted: then nobody will say so any more.
    if (ws.readyState !== ws.OPEN) return live.close();
    const beat = setInterval(() => ws.ping(), 30_000);
    ws.on('close', () => {
      clearInterval(beat);
      live.close();
    });
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }
}

function refuse(socket: Duplex, status: number, text: string): void {
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Frames as they go to the socket; every reader of a group is given the very same buffer. */
const framed = new WeakMap<Buffer, Buffer>();

/** A whole text message of a server: not masked, not compressed (RFC 6455, section 5.2). */
function frameOf(payload: Buffer): Buffer {
  const known = framed.get(payload);
  if (known) return known;
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x81;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  const frame = Buffer.concat([head, payload]);
  framed.set(payload, frame);
  return frame;
}

function sinkOf(ws: WebSocket, socket: Duplex): Sink {
  const options = { binary: false, compress: false, fin: true };
  return {
    framing: 'lines',
    // Past the library's sender: without compression it writes at once as well, so nothing can come in between.
    write: (frame) => {
      if (ws.readyState === ws.OPEN) socket.write(frameOf(frame));
    },
    control: (one) => {
      if (ws.readyState === ws.OPEN) ws.send(JSON.stringify(one), options);
    },
    finish: () => ws.close(1000),
    reset: () => ws.terminate(),
  };
}

/** The cursor of an acknowledgement in its usual form: by far the most frequent message, read without a parser. */
const usualAck = /^\{"type":"ack","cursor":"([\w-]{1,64})"\}$/;

function talker(handle: LiveHandle, ws: WebSocket): (data: Buffer) => void {
  let wrong = 0;
  // Subscriptions are made one after the other; acknowledgements never wait for them, for they may wait for these.
  let last = Promise.resolve();
  const fail = (code: string, why: string) => {
    ws.send(JSON.stringify({ type: 'error', code, message: why }));
    if (++wrong < MAX_WRONG) return;
    ws.close(1008, 'too many wrong messages');
    setTimeout(() => ws.terminate(), GOODBYE_MS).unref();
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
    // What still comes after the close has begun is not looked at.
    if (ws.readyState !== ws.OPEN) return;
    const acknowledged = data.length < 100 ? usualAck.exec(data.toString('latin1'))?.[1] : undefined;
    if (acknowledged !== undefined) {
      void attempt(() => handle.acknowledge(acknowledged));
      return;
    }
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
