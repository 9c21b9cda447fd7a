import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryTokenRevocations, createTokens } from '@concord/identity';
import type { OfficerId } from '@concord/label';
import { demo, existingSecrets, type NodeConfig, type RunningNode, startNode } from '@concord/server';

type WebSocketClass = typeof import('ws').WebSocket;
type Socket = InstanceType<WebSocketClass>;
// The library belongs to the doors, not to the root: it is found from there.
const { WebSocket } = createRequire(new URL('../../packages/endpoints/package.json', import.meta.url))(
  'ws',
) as {
  WebSocket: WebSocketClass;
};

export type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: Json;
}

/** One problem of RFC 9457 that says what is wrong and nothing of how the node is made. */
export function assertProblem({ status, text, body }: Answer, wanted: number, code: string): void {
  assert.deepEqual([status, body['status'], body['code']], [wanted, wanted, code], text);
  assert.ok(typeof body['title'] === 'string' && typeof body['detail'] === 'string');
  assert.doesNotMatch(text, /node_modules|\.ts\b|\bat \w+ \(|SELECT|postgres/i);
}

/** How a client of a live connection behaves: `reading` acknowledges, `stalled` neither reads nor acknowledges. */
export type Manner = 'reading' | 'slow' | 'stalled';

/** A live client by WebSocket. */
export interface LiveClient {
  readonly socket: Socket;
  readonly items: Json[];
  readonly controls: Json[];
  /** Resolves once the predicate holds; rejects when the time is up. */
  until(holds: () => boolean, ms?: number): Promise<void>;
  close(): void;
}

/** A whole node with its real database in a temporary folder, and programs that use it. */
export interface TestNode {
  readonly node: RunningNode;
  readonly dataDir: string;
  readonly errors: unknown[];
  readonly passwords: ReadonlyMap<string, string>;
  token(officer: string, options?: { ttl?: number; purposes?: string[] }): Promise<string>;
  ask(
    officer: string | undefined,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Feeds a recording in as an officer, chunk by chunk; gives the last answer. */
  feed(
    officer: string,
    feed: string,
    bytes: Uint8Array,
    options: { mode: string; source: string; chunk?: number },
  ): Promise<Json>;
  live(officer: string, subscription: Json, manner?: Manner): Promise<LiveClient>;
  close(): Promise<void>;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits until something holds, looking every few milliseconds. */
export async function until(holds: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not so within ${ms} ms`);
    await pause(5);
  }
}

export async function testNode(
  change: (config: NodeConfig) => NodeConfig = (config) => config,
): Promise<TestNode> {
  const dataDir = mkdtempSync(join(tmpdir(), 'concord-test-'));
  const { config, accounts, shown } = await demo({ dataDir, port: 0 });
  const errors: unknown[] = [];
  const node = await startNode({ config: change(config), accounts, onError: (cause) => errors.push(cause) });
  const key = existingSecrets(dataDir)?.tokenKey;
  if (!key) throw new Error('the node has no key');
  const tokens = await createTokens({ key, origin: node.url, revocations: createMemoryTokenRevocations() });
  const kept = new Map<string, string>();
  const clients: LiveClient[] = [];

  const token: TestNode['token'] = async (officer, options) => {
    const known = options ? undefined : kept.get(officer);
    if (known) return known;
    const { token: made } = await tokens.mint({ officer: officer as OfficerId, ...options });
    if (!options) kept.set(officer, made);
    return made;
  };

  const ask: TestNode['ask'] = async (officer, path, body, headers = {}) => {
    const bytes = body instanceof Uint8Array;
    const payload =
      body === undefined ? undefined : bytes ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
    return await new Promise((resolve, reject) => {
      void (async () => {
        const call = request(`${node.url}${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            ...(officer !== undefined && { authorization: `Bearer ${await token(officer)}` }),
            ...(payload && {
              'content-type': bytes ? 'application/octet-stream' : 'application/json',
              'content-length': payload.length,
            }),
            ...headers,
          },
        });
        call.on('error', reject);
        call.on('response', (response) => {
          const parts: Buffer[] = [];
          response.on('data', (data: Buffer) => parts.push(data));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(parts).toString();
            let parsed: Json = {};
            try {
              parsed = JSON.parse(text) as Json;
            } catch {
              // Not every answer is JSON: the text is there as well.
            }
            resolve({ status: response.statusCode ?? 0, text, body: parsed });
          });
        });
        call.end(payload);
      })().catch(reject);
    });
  };

  const feed: TestNode['feed'] = async (officer, name, bytes, { mode, source, chunk = 256 * 1024 }) => {
    const opened = await ask(officer, `/api/feeds/${name}/runs`, { source, mode });
    if (opened.status !== 201) throw new Error(opened.text);
    let last: Json = {};
    for (let at = 0; at < bytes.length; at += chunk) {
      const end = Math.min(bytes.length, at + chunk);
      const path = `/api/runs/${String(opened.body['run'])}/chunks?offset=${at}&last=${end === bytes.length}`;
      const answer = await ask(officer, path, bytes.subarray(at, end));
      if (answer.status !== 200) throw new Error(answer.text);
      last = answer.body;
    }
    return last;
  };

  const live: TestNode['live'] = async (officer, subscription, manner = 'reading') => {
    const socket = new WebSocket(`${node.url.replace('http', 'ws')}/live`, {
      headers: { authorization: `Bearer ${await token(officer)}` },
      perMessageDeflate: false,
    });
    const items: Json[] = [];
    const controls: Json[] = [];
    const say = (value: unknown) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(value));
    socket.on('message', (data: Buffer) => {
      let cursor: unknown;
      for (const line of data.toString().split('\n')) {
        if (line === '') continue;
        const message = JSON.parse(line) as Json;
        if (message['type'] === 'item') {
          items.push(message);
          cursor = message['cursor'];
        } else {
          controls.push(message);
          if (message['type'] === 'cut') cursor = message['cursor'];
        }
      }
      if (cursor === undefined || manner === 'stalled') return;
      if (manner === 'slow') setTimeout(() => say({ type: 'ack', cursor }), 100);
      else say({ type: 'ack', cursor });
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => undefined);
    if (manner === 'stalled') socket.pause();
    say({ type: 'subscribe', ...subscription });
    const client: LiveClient = {
      socket,
      items,
      controls,
      until: (holds, ms) => until(holds, ms),
      close: () => socket.terminate(),
    };
    clients.push(client);
    return client;
  };

  return {
    node,
    dataDir,
    errors,
    passwords: new Map(shown.map(({ officer, password }) => [officer, password])),
    token,
    ask,
    feed,
    live,
    close: async () => {
      for (const client of clients) client.close();
      await node.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
