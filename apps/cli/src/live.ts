import { WebSocket } from 'ws';
import type { Address } from './address.ts';
import { Refused, reasonOf, Unreachable } from './api.ts';

/** What the server says that is no item. */
export interface LiveNotice {
  readonly type: string;
  readonly cursor?: string;
  readonly stream?: string;
  readonly code?: string;
  readonly message?: string;
  readonly phase?: string;
}

export interface LiveHandlers {
  /** Items as they came, a line each, in order. Reading goes on once this has resolved. */
  readonly items: (lines: readonly string[]) => Promise<void>;
  readonly notice: (notice: LiveNotice) => void;
}

export interface LiveSubscription {
  readonly streams: readonly string[];
  readonly cursor?: string;
  readonly from?: 'latest';
}

/** Acknowledged at the latest after this many bytes and this long: half of the credit that a server gives. */
const ACK_BYTES = 32 * 1024;
const ACK_MS = 200;
/** The server pings every 30 s: a connection without a sign of life for this long is dead. */
const SILENCE_MS = 75_000;

/** One connection to `/live`. What came is acknowledged once it has been handled. */
export class LiveConnection {
  readonly #socket: WebSocket;
  readonly #handlers: LiveHandlers;
  #handled: Promise<void> = Promise.resolve();
  #unacknowledgedBytes = 0;
  #acknowledge: string | undefined;
  #lastSign = performance.now();
  /** Why the connection ended, where it was no ordinary end. */
  #failure: unknown;
  readonly #timers: NodeJS.Timeout[];
  /** Resolves when the connection has ended and everything that came has been handled. */
  readonly ended: Promise<void>;

  private constructor(socket: WebSocket, handlers: LiveHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    this.#timers = [setInterval(() => this.#sendAck(), ACK_MS), setInterval(() => this.#look(), 5000)];
    socket.on('ping', () => {
      this.#lastSign = performance.now();
    });
    socket.on('message', (data: Buffer) => this.#take(data));
    this.ended = new Promise((resolve, reject) => {
      socket.on('close', () => {
        for (const timer of this.#timers) clearInterval(timer);
        void this.#handled.then(() => (this.#failure === undefined ? resolve() : reject(this.#failure)));
      });
    });
    // Whoever closes it may not wait for its end.
    this.ended.catch(() => undefined);
  }

  /** @throws Unreachable, Refused */
  static open(address: Address, token: string, handlers: LiveHandlers): Promise<LiveConnection> {
    const url = `${address.base.replace(/^http/, 'ws')}/live`;
    const socket = new WebSocket(url, {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
      handshakeTimeout: 15_000,
    });
    // Before anything else is awaited, or the first frames are lost.
    const connection = new LiveConnection(socket, handlers);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(connection));
      socket.on('error', (cause) =>
        reject(new Unreachable(`${address.base} does not answer: ${reasonOf(cause)}`)),
      );
      socket.on('unexpected-response', (_request, response) => {
        const status = response.statusCode ?? 0;
        const why = status === 401 ? 'the server does not accept this token' : `HTTP status ${status}`;
        reject(new Refused(status, status === 401 ? 'not-signed-in' : '', why));
        socket.terminate();
      });
    });
  }

  subscribe(subscription: LiveSubscription): void {
    this.#send({ type: 'subscribe', ...subscription });
  }

  close(): void {
    this.#sendAck();
    this.#socket.close(1000);
    // A peer that does not answer the closing handshake must not keep us.
    setTimeout(() => this.#socket.terminate(), 500).unref();
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #sendAck(): void {
    if (this.#acknowledge === undefined) return;
    this.#send({ type: 'ack', cursor: this.#acknowledge });
    this.#acknowledge = undefined;
    this.#unacknowledgedBytes = 0;
  }

  #look(): void {
    if (performance.now() - this.#lastSign > SILENCE_MS) this.#socket.terminate();
  }

  #take(data: Buffer): void {
    this.#lastSign = performance.now();
    const items: string[] = [];
    let cursor: string | undefined;
    for (const line of data.toString('utf8').split('\n')) {
      if (line === '') continue;
      let message: LiveNotice;
      try {
        message = JSON.parse(line) as LiveNotice;
      } catch {
        this.#failure = new Error('the server sends what is no JSON');
        this.#socket.terminate();
        return;
      }
      if (message.type === 'item') {
        items.push(line);
        cursor = message.cursor ?? cursor;
        continue;
      }
      // A cut is answered at once: its time is short, and everything before it is in our hands.
      if (message.type === 'cut' && message.cursor !== undefined)
        this.#send({ type: 'ack', cursor: message.cursor });
      this.#handled = this.#handled.then(() => this.#handlers.notice(message));
    }
    if (items.length > 0) this.#queue(items, cursor, data.length);
  }

  #queue(items: readonly string[], cursor: string | undefined, bytes: number): void {
    this.#handled = this.#handled
      .then(() => this.#handlers.items(items))
      .then(
        () => {
          this.#acknowledge = cursor;
          this.#unacknowledgedBytes += bytes;
          if (this.#unacknowledgedBytes >= ACK_BYTES) this.#sendAck();
        },
        (cause: unknown) => {
          this.#failure ??= cause;
          this.#socket.terminate();
        },
      );
  }
}
