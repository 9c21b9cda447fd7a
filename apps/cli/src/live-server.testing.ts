import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A client's connection, as a test sees it. */
export interface LiveClient {
  readonly socket: WebSocket;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Messages that the client has sent so far. */
  readonly sent: Record<string, unknown>[];
  /** The next message of the client that is as asked; rejects when the connection ends before. */
  until(matches: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  send(...messages: readonly unknown[]): void;
}

/** A server of `/live` that does what a test says: `serve` is called with each connection in turn. */
export async function liveServer(
  serve: (client: LiveClient, connection: number) => unknown,
  { accepts = () => true }: { accepts?: (authorization: string) => boolean } = {},
): Promise<{ url: string; close: () => Promise<void> }> {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  let connections = 0;
  http.on('upgrade', (request, socket, head) => {
    if (request.url !== '/live' || !accepts(request.headers.authorization ?? ''))
      return socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return sockets.handleUpgrade(request, socket, head, (ws) => {
      void serve(clientOf(ws, request.headers), ++connections);
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

function clientOf(socket: WebSocket, headers: Readonly<Record<string, unknown>>): LiveClient {
  const sent: Record<string, unknown>[] = [];
  let look = () => {};
  socket.setMaxListeners(0);
  socket.on('message', (data) => {
    sent.push(JSON.parse(String(data)) as Record<string, unknown>);
    look();
  });
  let seen = 0;
  return {
    socket,
    headers,
    sent,
    until: (matches) =>
      new Promise((resolve, reject) => {
        look = () => {
          while (seen < sent.length) {
            const message = sent[seen++]!;
            if (matches(message)) return resolve(message);
          }
        };
        socket.on('close', () => reject(new Error('the client has gone')));
        look();
      }),
    send: (...messages) => socket.send(messages.map((one) => JSON.stringify(one)).join('\n')),
  };
}
