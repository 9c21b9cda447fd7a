import type { ServerResponse } from 'node:http';
import { type Release, ReleaseError, type Sink, type Subscription } from '@concord/release';
import type { Caller, Callers } from '../caller.ts';
import { openLive } from './connection.ts';

const AGAIN = { code: 'again-later', message: 'not possible just now' };

/**
 * The event stream door `/live/sse` (WHATWG HTML, server-sent events). It has no way back for acknowledgements: when
 * its credit is used up the response ends, and the client comes again by itself with the last cursor it has. Our side
 * of the connection ends with the response; a client that has read to the end closes its own, and only that tells us
 * that it has taken everything.
 */
export async function serveEvents(
  parts: { readonly release: Release; readonly callers: Callers },
  caller: Caller,
  response: ServerResponse,
  subscription: Subscription,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  const { socket } = response;
  if (!socket) return;
  socket.setNoDelay(true);
  response.write('retry: 100\n\n');
  const sink: Sink = {
    framing: 'events',
    write: (frame) => void response.write(frame),
    control: (one) => {
      if (!response.writableEnded) response.write(`event: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`);
    },
    finish: () => {
      response.end();
      socket.end();
    },
    reset: () => void socket.resetAndDestroy(),
  };
  const live = await openLive(parts, caller, sink);
  const beat = setInterval(() => response.writableEnded || response.write(': \n\n'), 15_000);
  const close = () => {
    clearInterval(beat);
    live.close();
  };
  socket.once('close', close);
  if (socket.destroyed) return close();
  try {
    await live.handle.subscribe(subscription);
  } catch (cause) {
    const { code, message } = cause instanceof ReleaseError ? cause : AGAIN;
    sink.control({ type: 'error', code, message });
    sink.finish();
  }
}
