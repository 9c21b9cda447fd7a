import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { PartyId } from '@concord/label';
import { Session } from '@concord/release';
import { type WebSocket, WebSocketServer } from 'ws';
import { type BenchNode, benchNode } from './bench-node.ts';
import { type Figure, figure, median, pairs, quantile, timed } from './figure.ts';
import { clients } from './readers.ts';
import { benchFeed, flow, holdTimes } from './traffic.ts';
import { officers, positions, tokensOf } from './world.ts';

const SUBSCRIBERS = 1000;
const ROWS = 27;
const FLUSHES = 50;
const PAIRS = 20;
const NAIVE_ROWS = 20;
/** How long the point of release collects before it writes. */
const FLUSH_MS = 20;
const TRIES = 40;

/** What was handed to sockets, turn by turn: which frame to which of them. */
type Turns = { readonly socket: number; readonly frame: Buffer }[][];

/** Notes what the point of release hands over, until it is stopped. */
function record(): { readonly turns: Turns; stop(): void } {
  const turns: Turns = [];
  const numbers = new Map<Session, number>();
  let open = false;
  const { write } = Session.prototype;
  Session.prototype.write = function (frame, position, messages) {
    if (!open) {
      turns.push([]);
      open = true;
      setImmediate(() => {
        open = false;
      });
    }
    if (!numbers.has(this)) numbers.set(this, numbers.size);
    turns.at(-1)!.push({ socket: numbers.get(this)!, frame });
    write.call(this, frame, position, messages);
  };
  return {
    turns,
    stop: () => {
      Session.prototype.write = write;
    },
  };
}

/** A text frame as a server sends it (RFC 6455, section 5.2). */
function framed(payload: Buffer): Buffer {
  const head = Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([head, payload]);
}

/** A fan-out with nothing on: the same frames to the same number of sockets, in the same turns. */
async function plainFanOut() {
  const http = createServer();
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const frames = new WeakMap<Buffer, Buffer>();
  const sockets: { readonly ws: WebSocket; readonly raw: Duplex }[] = [];
  http.on('upgrade', (request, raw, head) =>
    server.handleUpgrade(request, raw, head, (ws) => sockets.push({ ws, raw })),
  );
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    port: (http.address() as AddressInfo).port,
    /** Hands over the frames of one turn. */
    hand: (turn: Turns[number]) => {
      for (const { socket, frame } of turn) {
        const whole = frames.get(frame) ?? framed(frame);
        frames.set(frame, whole);
        sockets[socket]!.raw.write(whole);
      }
    },
    /** A write a client, through the library. */
    send: (message: Buffer) => {
      for (const { ws } of sockets) ws.send(message, { binary: false, compress: false, fin: true });
    },
    close: () => {
      for (const { ws } of sockets) ws.terminate();
      server.close();
      http.close();
    },
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const cpuMs = (since: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** Does something so many times, evenly. */
async function paced(times: number, everyMs: number, each: () => void): Promise<void> {
  const start = performance.now();
  for (let i = 0; i < times; i++) {
    const wait = start + i * everyMs - performance.now();
    await new Promise((resolve) => (wait > 0 ? setTimeout(resolve, wait) : setImmediate(resolve)));
    each();
  }
}

const now = () => performance.timeOrigin + performance.now();

/** 1,000 subscribers in 50 subject classes and 3 sets of obligations, receipts on. */
export async function live(): Promise<Figure[]> {
  const bench = await benchNode();
  const plain = await plainFanOut();
  const tokens = await tokensOf(bench.node, officers());
  const perToken = SUBSCRIBERS / tokens.length;
  const port = Number(new URL(bench.node.url).port);
  const feed = benchFeed(bench.node);
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
    // What is written a message is as long as what the exact clause releases.
    const reader = await bench.node.release.admit({
      officer: officers()[0] as never,
      party: 'birch' as PartyId,
      door: 'api',
      purposes: [],
    });
    const page = await bench.node.release.items(reader, { limit: 1 });
    reader.close();
    const line = `{"type":"item","cursor":"${'x'.repeat(43)}",${page.items[0]!.slice(1)}\n`;
    let from = 1000;
    let handed: Turns = [];
    const cpu = { release: [] as number[], fanOut: [] as number[] };
    // Items come as they do in service, so many every few milliseconds, and are stored, receipted and acknowledged.
    const release = async () => {
      const all = await gated.expect(ROWS * FLUSHES * SUBSCRIBERS);
      const note = record();
      const [start, used] = [now(), process.cpuUsage()];
      await paced(FLUSHES, FLUSH_MS, () => {
        void feed.accept(positions(ROWS, from));
        from += ROWS;
      });
      const ms = (await all()) - start;
      cpu.release.push(cpuMs(used));
      note.stop();
      handed = note.turns;
      return ms;
    };
    const fanOut = async () => {
      const all = await bare.expect(ROWS * FLUSHES * SUBSCRIBERS);
      const [start, used] = [now(), process.cpuUsage()];
      const turns = [...handed];
      await paced(turns.length, (FLUSHES * FLUSH_MS) / turns.length, () => plain.hand(turns.shift() ?? []));
      const ms = (await all()) - start;
      cpu.fanOut.push(cpuMs(used));
      return ms;
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
      turns: handed.length,
      cpuOfTheFanOut: Number((median(cpu.fanOut) / median(cpu.release)).toFixed(2)),
      bytesAWrite: Math.round(mean(handed.flat().map(({ frame }) => frame.length))),
      writeAMessagePerSecond: rate(median(each.b), NAIVE_ROWS),
      lineBytes: line.length,
    };
    return [
      figure({
        bench: 'live',
        figure:
          '1,000 subscribers in 50 subject classes, 3 obligation sets, stored and receipted: deliveries a second when 1.35 million are offered',
        unit: 'ratio',
        values: joined.a.map((ms, i) => joined.b[i]! / ms),
        beside: 'the same frames to as many sockets over the same time, nothing on',
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
  const traffic = flow(node, 20, 10);
  const holds = holdTimes(node);
  const calls: number[] = [];
  for (let i = 0; i < Math.min(TRIES, officers().length); i++) {
    calls.push(await timed(() => node.authority.revoke('chair@authority' as never, `grant-${i}`, 'bench')));
  }
  await traffic.stop();
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
