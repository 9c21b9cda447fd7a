import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { FeedError } from '../error.ts';
import {
  authorises,
  type CasterRequest,
  type Credentials,
  MAX_REQUEST,
  readCasterRequest,
} from './caster-request.ts';
import { chunk } from './chunked.ts';
import { type SourceStream, writeSourceTable } from './source-table.ts';

/** A mount point: its line of the source table, and what a new client gets first. */
export interface CasterMount {
  readonly stream: SourceStream;
  readonly greeting?: () => Uint8Array;
}

export interface CasterOptions {
  readonly mounts: readonly CasterMount[];
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Asked of clients of mount points; the source table is free. */
  readonly credentials?: Credentials;
  /** Bytes that may wait for a client before it is dropped; default 256 KiB. */
  readonly maxWaiting?: number;
  /** In which a client has to have sent its request; default 10 s. */
  readonly requestMs?: number;
}

export interface CasterClient {
  readonly socket: Socket;
  readonly version: 1 | 2;
}

const SERVER = 'NTRIP Concord/0.1';
const MAX_CONNECTIONS = 256;

/**
 * A small NTRIP caster, version 1 and 2, on loopback only: for exercises and tests. A client that does not read is
 * dropped, so that it costs others nothing.
 */
export class Caster {
  readonly #server: Server;
  readonly #options: CasterOptions;
  readonly #mounts: ReadonlyMap<string, CasterMount>;
  readonly #clients = new Map<string, Set<CasterClient>>();
  readonly #sockets = new Set<Socket>();
  #dropped = 0;

  private constructor(options: CasterOptions) {
    this.#options = options;
    this.#mounts = new Map(options.mounts.map((mount) => [mount.stream.mount, mount]));
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  static async start(options: CasterOptions): Promise<Caster> {
    const caster = new Caster(options);
    caster.#server.listen(options.port ?? 0, '127.0.0.1');
    await once(caster.#server, 'listening');
    return caster;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Clients that were dropped because they did not read. */
  get dropped(): number {
    return this.#dropped;
  }

  clients(mount: string): number {
    return this.#clients.get(mount)?.size ?? 0;
  }

  /**
   * Sends to all clients of a mount point.
   *
   * @throws FeedError `no-such-mount`
   */
  publish(mount: string, bytes: Uint8Array): void {
    if (!this.#mounts.has(mount)) throw new FeedError('no-such-mount', 'the caster has no such mount point');
    if (bytes.length === 0) return;
    const limit = this.#options.maxWaiting ?? 256 * 1024;
    for (const { socket, version } of this.#clients.get(mount) ?? []) {
      socket.write(version === 2 ? chunk(bytes) : bytes);
      if (socket.writableLength <= limit) continue;
      this.#dropped++;
      socket.destroy();
    }
  }

  /** Ends all connections and stops listening. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    let head = '';
    const late = setTimeout(() => socket.destroy(), this.#options.requestMs ?? 10_000);
    // What a client sends after its request (GGA) is read and let go.
    const read = (bytes: Buffer): void => {
      head += bytes.toString('latin1');
      const end = /\r?\n\r?\n/.exec(head);
      if (end === null && head.length <= MAX_REQUEST) return;
      clearTimeout(late);
      socket.off('data', read);
      socket.resume();
      this.#answer(socket, end === null ? undefined : readCasterRequest(head.slice(0, end.index)));
      head = '';
    };
    socket.on('data', read);
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(late);
      this.#sockets.delete(socket);
      for (const clients of this.#clients.values()) {
        for (const client of clients) if (client.socket === socket) clients.delete(client);
      }
    });
  }

  #answer(socket: Socket, request: CasterRequest | undefined): void {
    if (request === undefined) {
      socket.end(httpHead('400 Bad Request', ['Content-Length: 0']));
      return;
    }
    const mount = this.#mounts.get(request.mount);
    const { credentials } = this.#options;
    // Version 1 tells a wrong mount point by sending the source table.
    if (request.mount === '' || (mount === undefined && request.version === 1))
      this.#sendTable(socket, request.version);
    else if (mount === undefined) socket.end(httpHead('404 Not Found', ['Content-Length: 0']));
    else if (credentials !== undefined && !authorises(request.authorization, credentials)) {
      const challenge = ['WWW-Authenticate: Basic realm="NTRIP"', 'Content-Length: 0'];
      socket.end(
        request.version === 2 ? httpHead('401 Unauthorized', challenge) : 'ERROR - Bad Password\r\n',
      );
    } else this.#open(socket, request.version, mount);
  }

  #sendTable(socket: Socket, version: 1 | 2): void {
    const table = writeSourceTable(this.#options.mounts.map((mount) => mount.stream));
    const about = [`Content-Length: ${Buffer.byteLength(table)}`];
    if (version === 2)
      socket.end(`${httpHead('200 OK', ['Content-Type: gnss/sourcetable', ...about])}${table}`);
    else {
      const lines = ['SOURCETABLE 200 OK', `Server: ${SERVER}`, 'Content-Type: text/plain', ...about];
      socket.end(`${lines.join('\r\n')}\r\n\r\n${table}`);
    }
  }

  #open(socket: Socket, version: 1 | 2, { stream, greeting }: CasterMount): void {
    const headers = ['Content-Type: gnss/data', 'Transfer-Encoding: chunked'];
    socket.write(version === 2 ? httpHead('200 OK', headers) : 'ICY 200 OK\r\n\r\n');
    const clients = this.#clients.get(stream.mount) ?? new Set();
    clients.add({ socket, version });
    this.#clients.set(stream.mount, clients);
    const first = greeting?.();
    if (first !== undefined && first.length > 0) socket.write(version === 2 ? chunk(first) : first);
  }
}

function httpHead(status: string, headers: readonly string[]): string {
  const common = [
    'Ntrip-Version: Ntrip/2.0',
    `Server: ${SERVER}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  return `${[`HTTP/1.1 ${status}`, ...common, ...headers].join('\r\n')}\r\n\r\n`;
}
