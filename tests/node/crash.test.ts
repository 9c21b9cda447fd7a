import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { encodeSentences } from '@concord/ais';
import { verifyLog } from '@concord/ledger';
import { childNode, insist } from './child-node.ts';
import { type Json, pause, until } from './harness.ts';

type WebSocketClass = typeof import('ws').WebSocket;
const { WebSocket } = createRequire(new URL('../../packages/endpoints/package.json', import.meta.url))(
  'ws',
) as { WebSocket: WebSocketClass };

const KILLS = 20;
const CHUNK = 3000;
const STREAM = 'birch/wake/ais.position';
const EXERCISE = 'birch/coastal-ais/ais.position';
const seed = Number(process.env['CONCORD_SEED'] ?? randomInt(2 ** 31));

/** Numbers from 0 up to 1 that a seed gives again (xorshift, Marsaglia 2003). */
function randomOf(from: number): () => number {
  let x = from | 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

const node = await childNode();
after(async () => {
  await node.stop();
  node.remove();
});

/** A ship for each line, so that every observation can be told from every other. */
const line = (n: number) =>
  `${encodeSentences({ type: 1, mmsi: 200_000_000 + n, lat: 32, lon: -41, speed: 10 }).join('\r\n')}\r\n`;

const ask = async (officer: string, path: string, body?: Uint8Array | string): Promise<Json> => {
  const response = await fetch(`${node.url}${path}`, {
    headers: {
      authorization: `Bearer ${await node.token(officer)}`,
      ...(body !== undefined && {
        'content-type': typeof body === 'string' ? 'application/json' : 'application/octet-stream',
      }),
    },
    ...(body !== undefined && { method: 'POST', body }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (response.status >= 300) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text) as Json;
};

/** Feeds a recording in that has no end, and after whatever has happened goes on where it is durable. */
function uploader() {
  let stopped = false;
  let lines = 0;
  let made = '';
  let madeFrom = 0;
  let last = { through: 0, acknowledged: 0 };
  const lost: string[] = [];
  let run = '';
  const text = (from: number, length: number) => {
    while (madeFrom + made.length < from + length) made += line(lines++);
    // What is durable is never sent again.
    made = made.slice(from - madeFrom);
    madeFrom = from;
    return made.slice(0, length);
  };
  const done = (async () => {
    const opened = await ask(
      'ben@birch',
      '/api/feeds/wake/runs',
      JSON.stringify({ source: 'wake.ais', mode: 'REAL' }),
    );
    run = String(opened['run']);
    while (!stopped) {
      try {
        const body = Buffer.from(text(last.through, CHUNK), 'latin1');
        const answer = await ask('ben@birch', `/api/runs/${run}/chunks?offset=${last.through}`, body);
        last = { through: Number(answer['through']), acknowledged: Number(answer['acknowledged']) };
      } catch {
        const now = await insist(() => ask('ben@birch', `/api/runs/${run}`));
        const [through, acknowledged] = [Number(now['through']), Number(now['acknowledged'])];
        if (through < last.through || acknowledged < last.acknowledged) {
          lost.push(
            `${JSON.stringify(last)} was acknowledged, ${JSON.stringify({ through, acknowledged })} is there`,
          );
        }
        last = { through, acknowledged };
      }
    }
  })();
  return {
    lost,
    get acknowledged() {
      return last.acknowledged;
    },
    stop: async () => {
      stopped = true;
      await done;
    },
  };
}

/** Identifiers by stream, in the order in which they came. */
class Seen {
  readonly #ids = new Map<string, string[]>();
  cursor: string | undefined;
  add(message: Json): void {
    const stream = String(message['stream']);
    this.#ids.set(stream, [...(this.#ids.get(stream) ?? []), String(message['id'])]);
    this.cursor = String(message['cursor']);
  }
  of(stream: string): readonly string[] {
    return this.#ids.get(stream) ?? [];
  }
}

/** A reader by WebSocket that connects again whenever it is cut off, with its last cursor. */
function socketReader(officer: string, streams: readonly string[]) {
  const seen = new Seen();
  let stopped = false;
  let socket: InstanceType<WebSocketClass> | undefined;
  const open = async () => {
    const authorization = `Bearer ${await node.token(officer)}`;
    socket = new WebSocket(`${node.url.replace('http', 'ws')}/live`, { headers: { authorization } });
    socket.on('open', () => {
      const from = seen.cursor === undefined ? {} : { cursor: seen.cursor };
      socket?.send(JSON.stringify({ type: 'subscribe', streams, ...from }));
    });
    socket.on('message', (data: Buffer) => {
      for (const text of data.toString().split('\n')) {
        const message = text === '' ? {} : (JSON.parse(text) as Json);
        if (message['type'] === 'item') seen.add(message);
      }
      if (seen.cursor !== undefined) socket?.send(JSON.stringify({ type: 'ack', cursor: seen.cursor }));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => void (!stopped && setTimeout(open, 50)));
  };
  void open();
  return {
    seen,
    stop: () => {
      stopped = true;
      socket?.terminate();
    },
  };
}

/** A reader of events that comes again with `Last-Event-ID`, as browsers do. */
function eventReader(officer: string, stream: string) {
  const seen = new Seen();
  let stopped = false;
  const abort = new AbortController();
  void (async () => {
    while (!stopped) {
      try {
        const response = await fetch(`${node.url}/live/sse?stream=${encodeURIComponent(stream)}`, {
          headers: {
            authorization: `Bearer ${await node.token(officer)}`,
            ...(seen.cursor !== undefined && { 'last-event-id': seen.cursor }),
          },
          signal: abort.signal,
        });
        let rest = '';
        for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
          const blocks = (rest + part).split('\n\n');
          rest = blocks.pop() ?? '';
          for (const block of blocks) {
            if (!block.includes('event: item')) continue;
            seen.add(JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') as Json);
          }
        }
      } catch {
        await pause(50);
      }
    }
  })();
  return {
    seen,
    stop: () => {
      stopped = true;
      abort.abort();
    },
  };
}

/** All that an officer may have of a stream, page by page. */
async function listing(officer: string, stream: string): Promise<Json[]> {
  const all: Json[] = [];
  let cursor = '';
  for (;;) {
    const page = await ask(
      officer,
      `/api/items?stream=${encodeURIComponent(stream)}&limit=1000${cursor && `&cursor=${cursor}`}`,
    );
    all.push(...(page['items'] as Json[]));
    if (page['next'] === null || (page['items'] as Json[]).length === 0) return all;
    cursor = String(page['next']);
  }
}

const idsOf = (items: readonly Json[]) => items.map((one) => String(one['id']));

/** What a reader has seen is what is stored, from its first item on: without gap, double, or another order. */
function assertAsStored(seen: readonly string[], stored: readonly string[], who: string): void {
  assert.ok(seen.length > 0, `${who} saw nothing`);
  const from = stored.indexOf(seen[0]!);
  assert.ok(from >= 0, `${who} saw first what is not stored`);
  const wanted = stored.slice(from);
  const at = wanted.findIndex((id, i) => seen[i] !== id);
  assert.equal(at, -1, `${who} saw something else at ${at} of ${wanted.length}`);
  assert.equal(seen.length, wanted.length, `${who} saw more than is stored`);
}

test(`over ${KILLS} kills of server and database nothing acknowledged is lost and cursors go on (seed ${seed})`, {
  timeout: 180_000,
}, async (context) => {
  const random = randomOf(seed);
  await node.start();
  const upload = uploader();
  await until(() => upload.acknowledged > 0);
  const ben = socketReader('ben@birch', [STREAM, EXERCISE]);
  const ada = eventReader('ada@alder', STREAM);
  await until(() => ben.seen.of(STREAM).length > 0 && ada.seen.of(STREAM).length > 0);
  const kills = { server: 0, database: 0 };
  for (let kill = 0; kill < KILLS; kill++) {
    const before = upload.acknowledged;
    await until(() => upload.acknowledged > before, 20_000);
    await pause(random() * 300);
    if (random() < 0.5) {
      kills.server++;
      await node.killServer();
      await node.start();
    } else {
      kills.database++;
      node.killDatabase();
    }
  }
  assert.ok(kills.server > 2 && kills.database > 2, JSON.stringify(kills));
  await until(async () => (await insist(() => ask('ben@birch', '/api/me')))['officer'] !== undefined);
  await upload.stop();
  assert.deepEqual(upload.lost, []);

  const stored = await insist(() => listing('ben@birch', STREAM));
  const ships = stored.map((one) => Number(one['series']) - 200_000_000);
  assert.deepEqual(
    ships,
    ships.map((_, n) => n),
    'each observation is there once, in order',
  );
  assert.ok(ships.length >= upload.acknowledged, `${ships.length} of ${upload.acknowledged}`);
  await until(() => ben.seen.of(STREAM).at(-1) === idsOf(stored).at(-1), 20_000);
  const released = idsOf(await listing('ada@alder', STREAM));
  await until(() => ada.seen.of(STREAM).at(-1) === released.at(-1), 20_000);
  ben.stop();
  ada.stop();
  assertAsStored(ben.seen.of(STREAM), idsOf(stored), 'ben by WebSocket');
  assertAsStored(ada.seen.of(STREAM), released, 'ada by events');
  const exercise = new Set(idsOf(await listing('ben@birch', EXERCISE)));
  const live = ben.seen.of(EXERCISE);
  assert.equal(new Set(live).size, live.length, 'an item of the exercise came twice');
  assert.deepEqual(
    live.filter((id) => !exercise.has(id)),
    [],
    'was seen live and is not stored',
  );
  await node.stop();

  const logs = join(node.dataDir, 'ledger');
  for (const log of readdirSync(logs)) {
    const report = await verifyLog(async (path) => {
      try {
        return readFileSync(join(logs, log, path));
      } catch {
        return undefined;
      }
    });
    assert.deepEqual(report.findings, [], log);
    assert.ok(report.size > 0, log);
  }
  context.diagnostic(
    `${kills.server} kills of the server, ${kills.database} of the database; ${ships.length} observations, ` +
      `${ben.seen.of(STREAM).length} seen by WebSocket, ${ada.seen.of(STREAM).length} by events, ${live.length} of the exercise`,
  );
});
