import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a fake server of recordings has been given, and how it misbehaves. */
export interface RunsServer {
  readonly url: string;
  /** Bodies of requests that began a run. */
  readonly begun: Record<string, unknown>[];
  /** Bytes as they were taken, once each. */
  bytes(): Buffer;
  /** Offsets of chunks in the order in which they came. */
  readonly offsets: number[];
  close(): Promise<void>;
}

export interface RunsServerOptions {
  /** Called before a chunk is taken: `drop` breaks the connection before, `forget` after it was taken. */
  readonly chunk?: (count: number) => 'take' | 'drop' | 'forget' | { status: number; code: string };
  /** Bytes that are durable of those taken: the rest is to be sent again after an interruption. */
  readonly durable?: (taken: number) => number;
  readonly begin?: () => { status: number; code: string; detail: string } | undefined;
  /** Pages of `/api/items`, in the order of their asking; the last is given again and again. */
  readonly pages?: readonly { items: unknown[]; next: string | null }[];
}

/** The doors of a server that `concord replay` uses, by `/api` as it is documented. */
export async function runsServer(options: RunsServerOptions = {}): Promise<RunsServer> {
  const { chunk = () => 'take', durable = (taken) => taken, begin = () => undefined, pages = [] } = options;
  const begun: Record<string, unknown>[] = [];
  const offsets: number[] = [];
  let taken = Buffer.alloc(0);
  let chunks = 0;
  let asked = 0;
  const problem = (response: ServerResponse, status: number, code: string, detail = '') =>
    answer(response, { type: `about:blank#${code}`, title: 'No', status, detail, code }, status);

  const http = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const body = await bodyOf(request);
    const view = () => ({ run: 'r1', feed: 'rec', acknowledged: 0, through: durable(taken.length) });
    if (url.pathname === '/api/me') return answer(response, { officer: 'ada@alder', party: 'alder' });
    if (url.pathname === '/api/feeds') return answer(response, { feeds: [] });
    if (url.pathname === '/api/items')
      return answer(response, pages[Math.min(asked++, pages.length - 1)] ?? { items: [], next: null });
    if (url.pathname === '/api/runs/r1') return answer(response, view());
    if (/^\/api\/feeds\/[^/]+\/runs$/.test(url.pathname)) {
      begun.push(JSON.parse(body.toString('utf8')) as Record<string, unknown>);
      const refused = begin();
      if (refused) return problem(response, refused.status, refused.code, refused.detail);
      return answer(response, view(), 201);
    }
    if (url.pathname !== '/api/runs/r1/chunks') return problem(response, 404, 'not-found');
    const offset = Number(url.searchParams.get('offset'));
    offsets.push(offset);
    const how = chunk(++chunks);
    if (how === 'drop') return void request.socket.destroy();
    if (typeof how === 'object') return problem(response, how.status, how.code);
    if (offset > taken.length) return problem(response, 409, 'conflict', 'bytes are missing');
    taken = Buffer.concat([taken, body.subarray(taken.length - offset)]);
    if (how === 'forget') {
      // As after a restart: only what was durable is known.
      taken = taken.subarray(0, durable(taken.length));
      return void request.socket.destroy();
    }
    const last = url.searchParams.get('last') === 'true';
    const through = last ? taken.length : durable(taken.length);
    return answer(response, { feed: 'rec', acknowledged: through / 10, through });
  }
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    begun,
    offsets,
    bytes: () => taken,
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

function answer(response: ServerResponse, body: unknown, status = 200): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}
