import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Page, Reader } from '@concord/release';
import { Problem } from './problem.ts';

/** Handed to the socket at a time; the next portion waits until this one has been taken. */
const PORTION = 64 * 1024;

/**
 * Waits until a response has its socket. Requests may be sent ahead on one connection (pipelining, RFC 9112, 9.3.2);
 * what is written to a response that is not yet its turn lies in memory and would be handed over later, whatever has
 * been decided meanwhile.
 */
export async function itsTurn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (response.socket) return;
  const gone = new AbortController();
  const over = () => gone.abort();
  request.socket.once('close', over);
  if (request.socket.destroyed) over();
  try {
    await once(response, 'socket', { signal: gone.signal });
  } catch {
    throw new Problem('unavailable', 'the connection is closed');
  } finally {
    request.socket.off('close', over);
  }
}

const listOf = ({ items, next }: Page): string =>
  `{"items":[${items.join(',')}],"next":${JSON.stringify(next)}}\n`;

/**
 * Hands a page to the socket, in portions no larger than a live reader's credit: before each, in the same turn, it is
 * asked whether what was decided still holds. When the reader is held the connection is dropped together with
 * whatever its socket has not taken. Resolves when all is taken or the connection is gone.
 *
 * @throws ReleaseError `cut-off` before anything is written
 */
export async function sendPage(
  response: ServerResponse,
  headers: Readonly<Record<string, unknown>>,
  reader: Reader,
  page: Page,
  text: (page: Page) => string = listOf,
): Promise<void> {
  const bytes = Buffer.from(text(page));
  page.check();
  const drop = () => void response.destroy();
  reader.signal.addEventListener('abort', drop, { once: true });
  const closed = once(response, 'close');
  response.writeHead(200, {
    ...(headers as Record<string, string>),
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': bytes.length,
  });
  for (let at = 0; at < bytes.length && !response.destroyed; at += PORTION) {
    try {
      page.check();
    } catch {
      // The status has been sent: the client learns by the missing end.
      drop();
      break;
    }
    const taken = response.write(bytes.subarray(at, at + PORTION));
    if (!taken) await Promise.race([once(response, 'drain'), closed]);
  }
  if (!response.destroyed) response.end();
  await closed;
  reader.signal.removeEventListener('abort', drop);
}
