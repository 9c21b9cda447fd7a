import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A catalogue on loopback, as a public server has it: with an ETag, and 304 where nothing has changed. */
export interface CatalogueServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveCatalogue(text: string): Promise<CatalogueServer> {
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/gp.json') response.writeHead(404).end();
    else if (request.headers['if-none-match'] === etag) response.writeHead(304, { ETag: etag }).end();
    else response.writeHead(200, { 'Content-Type': 'application/json', ETag: etag }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/gp.json`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
