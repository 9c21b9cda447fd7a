import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { PartyId } from '@concord/label';
import { type WebSocket, WebSocketServer } from 'ws';
import { type BenchNode, benchNode } from './bench-node.ts';
import { type Figure, figure, median, pairs, quantile, timed } from './figure.ts';
import { LABEL, officers, positions, tokensOf } from './world.ts';

const SUBSCRIBERS = 1000;
const ROWS = 27;
const FLUSHES = 24;
const PAIRS = 20;
const NAIVE_ROWS = 20;
const TRIES = 40;

interface Clients {
  readonly child: ChildProcess;
  /** Resolves with the instant (Unix milliseconds) at which all lines have been received. */
  expect(lines: number): Promise<() => Promise<number>>;
}

async function clients(order: object): Promise<Clients> {
  const child = fork(fileURLToPath(new URL('./live-clients.ts', import.meta.url)), { stdio: 'inherit' });
  const told = async (type: string) => {
    for (;;) {
      const [message] = (await once(child, 'message')) as [{ type: string; at?: number }];
      if (message.type === type) return message;
    }
  };
  child.send({ type: 'open', ...order });
  await told('open');
  return {
    child,
    expect: async (lines) => {
      const ready = told('ready');
      child.send({ type: 'expect', lines });
      await ready;
      const all = told('all');
      return async () => (await all).at ?? Number.NaN;
    },
  };
}

/** A fan-out with nothing on: the same joined frames to the same number of sockets. */
async function plainFanOut() {
  const http = createServer();
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  const sockets: WebSocket[] = [];
  server.on('connection', (ws) => sockets.push(ws));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    port: (http.address() as AddressInfo).port,
    send: (frame: Buffer) => {
      for (const ws of sockets) ws.send(frame, { binary: false, compress: false, fin: true });
    },
    close: () => {
      for (const ws of sockets) ws.terminate();
      server.close();
      http.close();
    },
  };
}

const now = () => performance.timeOrigin + performance.now();

/** 1,000 subscribers in 50 subject classes and 3 sets of obligations, receipts on. */
export async function live(): Promise<Figure[]> {
  const bench = await benchNode();
  const plain = await plainFanOut();
  const tokens = await tokensOf(bench.node, officers());
  const perToken = SUBSCRIBERS / tokens.length;
  const port = Number(new URL(bench.node.url).port);
  const feed = bench.node.intake.open({
    party: 'alder' as PartyId,
    feed: 'bench',
    source: 'bench',
    format: 'bench',
    label: LABEL,
  });
  await feed.accept(positions(100));
  const gated = await clients({ port, path: '/live', tokens, perToken, subscribe: true });
  const bare = await clients({
    port: plain.port,
    path: '/',
    tokens: tokens.map(() => 'none'),
    perToken,
    subscribe: false,
  });
  try {
    // What the plain fan-out sends is as long as what the exact clause releases.
    const reader = await bench.node.release.admit({
      officer: officers()[0] as never,
      party: 'birch' as PartyId,
      door: 'api',
      purposes: [],
    });
    const page = await bench.node.release.items(reader, { limit: 1 });
    reader.close();
    const line = `{"type":"item","cursor":"${'x'.repeat(43)}",${page.items[0]!.slice(1)}\n`;
    const rendered = JSON.parse(page.items[0]!) as object;
    let from = 1000;
    const release = async () => {
      // The rows are stored first, so that what is timed is what comes after the commit.
      const all = await gated.expect(ROWS * FLUSHES * SUBSCRIBERS);
      const start = now();
      for (let i = 0; i < FLUSHES; i++) {
        await feed.accept(positions(ROWS, from));
        from += ROWS;
      }
      return (await all()) - start;
    };
    const fanOut = async () => {
      const all = await bare.expect(ROWS * FLUSHES * SUBSCRIBERS);
      const start = now();
      for (let i = 0; i < FLUSHES; i++) {
        plain.send(
          Buffer.from(
            Array.from(
              { length: ROWS },
              () => `{"type":"item","cursor":"${'x'.repeat(43)}",${JSON.stringify(rendered).slice(1)}\n`,
            ).join(''),
          ),
        );
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return (await all()) - start;
    };
    const naive = async () => {
      const all = await bare.expect(NAIVE_ROWS * SUBSCRIBERS);
      const start = now();
      const one = Buffer.from(line);
      for (let i = 0; i < NAIVE_ROWS; i++) {
        plain.send(one);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return (await all()) - start;
    };
    await release();
    await fanOut();
    const joined = await pairs(PAIRS, release, fanOut);
    const each = await pairs(PAIRS, release, naive);
    const rate = (ms: number, rows: number) => Math.round((rows * SUBSCRIBERS * 1000) / ms);
    const detail = {
      deliveriesPerSecond: rate(median(joined.a), ROWS * FLUSHES),
      plainDeliveriesPerSecond: rate(median(joined.b), ROWS * FLUSHES),
      writeAMessagePerSecond: rate(median(each.b), NAIVE_ROWS),
      lineBytes: line.length,
    };
    return [
      figure({
        bench: 'live',
        figure: '1,000 subscribers in 50 subject classes, 3 obligation sets, stored and receipted',
        unit: 'ratio',
        values: joined.a.map((ms, i) => joined.b[i]! / ms),
        beside: 'the same joined fan-out with nothing on',
        budget: '>= 0.95',
        keeps: (ratio) => ratio >= 0.95,
        detail,
      }),
      figure({
        bench: 'live',
        figure: 'the same against a write a message',
        unit: 'ratio',
        values: each.a.map((ms, i) => each.b[i]! / NAIVE_ROWS / (ms / (ROWS * FLUSHES))),
        beside: 'one WebSocket write a message and client',
        budget: '>= 10',
        keeps: (ratio) => ratio >= 10,
      }),
      ...(await revocation(bench)),
    ];
  } finally {
    gated.child.kill();
    bare.child.kill();
    plain.close();
    await bench.close();
  }
}

/** Grants revoked while all 1,000 subscribers are connected and items flow. */
async function revocation({ node }: BenchNode): Promise<Figure[]> {
  const feed = node.intake.open({
    party: 'alder' as PartyId,
    feed: 'bench',
    source: 'bench',
    format: 'bench',
    label: LABEL,
  });
  let flowing = true;
  let from = 1e6;
  const flow = (async () => {
    while (flowing) {
      await feed.accept(positions(20, from));
      from += 20;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const holds: number[] = [];
  const calls: number[] = [];
  const { standing } = node.release;
  const hold = standing.hold.bind(standing);
  standing.hold = (concerns) => {
    const start = performance.now();
    const held = hold(concerns);
    holds.push(performance.now() - start);
    return held;
  };
  for (let i = 0; i < Math.min(TRIES, officers().length); i++) {
    calls.push(await timed(() => node.authority.revoke('chair@authority' as never, `grant-${i}`, 'bench')));
  }
  flowing = false;
  await flow;
  return [
    figure({
      bench: 'live',
      figure: 'revocation at 1,000 subscribers: time to hold',
      unit: 'ms',
      values: holds,
      budget: '< 0.1 ms',
      keeps: (ms) => ms < 0.1,
    }),
    figure({
      bench: 'live',
      figure:
        'revocation at 1,000 subscribers: call to answer, 20 connections of the officer cut and acknowledged',
      unit: 'ms',
      values: calls,
      budget: 'p99 < 50 ms',
      keeps: () => quantile(calls, 0.99) < 50,
      detail: { p99: Number(quantile(calls, 0.99).toFixed(1)) },
    }),
  ];
}
