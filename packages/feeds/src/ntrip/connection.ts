import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls';
import { FeedError } from '../error.ts';
import { checkedAddress, type NtripAddress, publicAddress } from './address.ts';
import { ntripRequest } from './request.ts';
import { NtripResponse } from './response.ts';
import { readSourceTable, type SourceTable } from './source-table.ts';

export interface ConnectionSettings {
  /** Of the request; 2 by default, which casters of version 1 understand as well. */
  readonly version?: 1 | 2;
  /** Until the caster has answered, milliseconds. */
  readonly connectMs?: number;
  /** Without a byte, milliseconds. */
  readonly stallMs?: number;
  /** For TLS: certificate authorities, client certificate, … */
  readonly tls?: Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'servername'>;
  /** Called with a function that sends to the caster, once it has answered. */
  readonly onOpen?: (send: (text: string) => void) => void;
}

const MAX_TABLE = 4 * 2 ** 20;

/**
 * The bytes of a mount point, until the signal ends it or something else does, which is thrown. Nothing is read ahead
 * of the reader: a slow one slows the caster. Time that the reader takes does not count as a stall.
 *
 * @throws FeedError `unreachable`, `unauthorised`, `no-such-mount`, `protocol`, `stalled`, `closed`
 */
export async function* readMount(
  address: NtripAddress,
  settings: ConnectionSettings,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const { content, bytes } of answer(address, settings, signal)) {
    if (content === 'source-table')
      throw new FeedError('no-such-mount', 'the caster has no such mount point');
    if (bytes.length > 0) yield bytes;
  }
  if (!signal.aborted) throw new FeedError('closed', 'the caster closed the connection');
}

/**
 * A caster's list of mount points.
 *
 * @throws FeedError as `readMount`; `too-large` for over 4 MiB
 */
export async function fetchSourceTable(
  address: NtripAddress,
  settings: ConnectionSettings = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<SourceTable> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const { bytes } of answer({ ...address, mount: '' }, settings, signal)) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > MAX_TABLE) throw new FeedError('too-large', 'the source table has over 4 MiB');
    if (/(?:^|\n)ENDSOURCETABLE/.test(text.slice(-bytes.length - 20))) break;
  }
  return readSourceTable(text);
}

interface Piece {
  readonly content: 'stream' | 'source-table';
  readonly bytes: Uint8Array;
}

async function* answer(
  address: NtripAddress,
  settings: ConnectionSettings,
  signal: AbortSignal,
): AsyncGenerator<Piece, void, undefined> {
  if (signal.aborted) return;
  const { version = 2, connectMs = 10_000, stallMs = 20_000, onOpen } = settings;
  const socket = openSocket(checkedAddress(address), settings);
  const stop = (): void => {
    socket.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  const stalled = (limit: number): NodeJS.Timeout =>
    setTimeout(() => socket.destroy(new FeedError('stalled', `nothing came for ${limit} ms`)), limit);
  let timer = stalled(connectMs);
  socket.write(ntripRequest(address, version));
  try {
    const response = new NtripResponse();
    for await (const bytes of socket as AsyncIterable<Buffer>) {
      const pieces = response.push(bytes);
      const { head } = response;
      if (head === undefined) continue;
      clearTimeout(timer);
      if (onOpen !== undefined && head.content === 'stream') onOpen((text) => socket.write(text));
      for (const piece of pieces) yield { content: head.content, bytes: piece };
      if (pieces.length === 0) yield { content: head.content, bytes: new Uint8Array(0) };
      if (response.ended) return;
      timer = stalled(stallMs);
    }
  } catch (cause) {
    if (!signal.aborted) throw asFeedError(cause, address);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

function openSocket({ host, port, secure }: NtripAddress, { tls }: ConnectionSettings): Socket {
  if (!secure) return connect({ host, port, noDelay: true });
  // A server's name goes into the handshake, an address must not (RFC 6066, section 3).
  const named = /[a-z]/i.test(host) && !host.includes(':') ? { servername: host } : {};
  return connectSecurely({ host, port, ...named, ...tls });
}

function asFeedError(cause: unknown, address: NtripAddress): FeedError {
  if (cause instanceof FeedError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new FeedError('closed', 'the caster broke the connection', { cause });
  }
  return new FeedError('unreachable', `${publicAddress(address)}: ${code ?? message}`, { cause });
}
