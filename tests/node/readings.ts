import { Agent, type IncomingMessage, request } from 'node:http';
import type { Manner, TestNode } from './harness.ts';

/** Around the items of a page: `{"items":[` … `],"next":"…"}`. */
export const ENVELOPE_BYTES = 256;

/** What is noted over all programs. */
export interface Tally {
  /** Statuses of answers that were not 200. */
  readonly refusals: Set<number>;
  /** Bytes of items in a single response of events or of a query. */
  largestResponse: number;
}

/** A program at one of the doors; `bytes` are those of items that have reached it. */
export interface Reading {
  readonly items: () => number;
  readonly bytes: () => number;
  /** A stalled one reads on: whatever has been on its way to it arrives. */
  drain(): void;
  close(): void;
}

function take(response: IncomingMessage, manner: Manner, each: (text: string) => void): void {
  response.setEncoding('latin1');
  response.on('data', (text: string) => {
    each(text);
    if (manner !== 'slow') return;
    response.pause();
    setTimeout(() => response.resume(), 30);
  });
}

/** A program that asks over HTTP again and again, with the last cursor that it has. */
export function overHttp(
  t: TestNode,
  stream: string,
  tally: Tally,
  way: 'events' | 'query',
  manner: Manner,
  authorization: string,
  start: string | undefined,
): Reading {
  let items = 0;
  let bytes = 0;
  let cursor = start;
  // A connection of its own for each response: the door of events ends it, and nobody else shall be given it.
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 0 });
  let closed = false;
  let call: ReturnType<typeof request>;
  let stalled: (() => void) | undefined;
  const again = (ms: number) => void setTimeout(() => !closed && open(), ms);
  const events = (response: IncomingMessage) => {
    let rest = '';
    let inThis = 0;
    return () =>
      take(response, manner, (text) => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const id = /^id: (.*)$/m.exec(block)?.[1];
          if (id === undefined) continue;
          cursor = id;
          items++;
          bytes += block.length + 2;
          inThis += block.length + 2;
          tally.largestResponse = Math.max(tally.largestResponse, inThis);
        }
      });
  };
  const pages = (response: IncomingMessage) => {
    let body = '';
    response.on('end', () => {
      cursor = /"next":"([^"]+)"\}\n$/.exec(body)?.[1] ?? cursor;
    });
    return () =>
      take(response, manner, (text) => {
        body += text;
        const found = text.split(`"stream":"${stream}"`).length - 1;
        items += found;
        if (response.statusCode === 200) bytes += text.length;
        tally.largestResponse = Math.max(tally.largestResponse, body.length - ENVELOPE_BYTES);
      });
  };
  const open = () => {
    const path =
      way === 'events'
        ? `/live/sse?stream=${encodeURIComponent(stream)}${cursor ? `&cursor=${cursor}` : ''}`
        : `/api/items?stream=${encodeURIComponent(stream)}&limit=1000${cursor ? `&cursor=${cursor}` : ''}`;
    call = request(`${t.node.url}${path}`, { agent, headers: { authorization } }, (response) => {
      if (response.statusCode !== 200) tally.refusals.add(response.statusCode ?? 0);
      response.on('error', () => undefined);
      response.on('end', () => manner !== 'stalled' && again(100));
      const reads = way === 'events' ? events(response) : pages(response);
      if (manner === 'stalled') stalled = reads;
      else reads();
    });
    call.on('error', () => undefined);
    call.end();
  };
  open();
  return {
    items: () => items,
    bytes: () => bytes,
    drain: () => stalled?.(),
    close: () => {
      closed = true;
      call.destroy();
      agent.destroy();
    },
  };
}

export async function byWebSocket(
  t: TestNode,
  stream: string,
  officer: string,
  manner: Manner,
  start: string | undefined,
  midway: boolean,
): Promise<Reading> {
  const subscription = { streams: [stream], ...(start !== undefined && { cursor: start }) };
  const client = await t.live(officer, subscription, manner === 'stalled' && midway ? 'reading' : manner);
  const { socket } = client;
  let bytes = 0;
  let before = 0;
  socket.on('message', (data: Buffer) => {
    if (data.toString('latin1', 0, 14) !== '{"type":"item"') return;
    bytes += data.length;
    if (manner !== 'stalled' || !midway || before > 0) return;
    // Has acknowledged what it has up to now; from here on it neither reads nor acknowledges.
    before = bytes;
    socket.send = () => undefined;
    socket.pause();
  });
  return {
    items: () => client.items.length,
    bytes: () => bytes - before,
    drain: () => socket.resume(),
    close: () => client.close(),
  };
}
