import { open } from 'node:fs/promises';
import { FeedError } from './error.ts';

/** The longest document that is read: the whole public catalogue has about 10 MiB as OMM. */
const MAX_DOCUMENT = 64 * 2 ** 20;
/** A server that answers, but no faster than this, is given up. */
const FETCH_MS = 60_000;

/** A document and by what it can be told that it has not changed. */
export interface Document {
  readonly bytes: Uint8Array;
  readonly version: DocumentVersion;
}

export interface DocumentVersion {
  readonly etag?: string;
  readonly lastModified?: string;
}

/**
 * Reads a file or a URL (`http:`, `https:`, `file:`); undefined where it is the version known already (ETag,
 * If-Modified-Since: RFC 9110, section 13; a file by its size and instant of change).
 *
 * @throws FeedError `unreachable`, `unauthorised`, `protocol`, `too-large`
 */
export function readDocument(
  source: string,
  known: DocumentVersion,
  signal: AbortSignal,
): Promise<Document | undefined> {
  if (/^https?:\/\//i.test(source)) return fetchDocument(source, known, signal);
  return readFileDocument(/^file:\/\//i.test(source) ? new URL(source) : source, known);
}

async function readFileDocument(path: string | URL, known: DocumentVersion): Promise<Document | undefined> {
  try {
    await using file = await open(path, 'r');
    const { size, mtimeNs } = await file.stat({ bigint: true });
    const etag = `${size}-${mtimeNs}`;
    if (etag === known.etag) return undefined;
    if (size > MAX_DOCUMENT) throw new FeedError('too-large', `the file has over ${MAX_DOCUMENT} bytes`);
    return { bytes: new Uint8Array(await file.readFile()), version: { etag } };
  } catch (cause) {
    if (cause instanceof FeedError) throw cause;
    throw new FeedError(
      'unreachable',
      `the file: ${(cause as NodeJS.ErrnoException).code ?? 'not readable'}`,
      { cause },
    );
  }
}

async function fetchDocument(
  url: string,
  known: DocumentVersion,
  signal: AbortSignal,
): Promise<Document | undefined> {
  const headers = new Headers({ Accept: 'application/json, text/plain;q=0.9, */*;q=0.1' });
  if (known.etag !== undefined) headers.set('If-None-Match', known.etag);
  if (known.lastModified !== undefined) headers.set('If-Modified-Since', known.lastModified);
  const address = withoutCredentials(url, headers);
  let response: Response;
  try {
    response = await fetch(address, {
      headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS)]),
    });
    if (response.status === 304) return undefined;
    if (response.status === 401 || response.status === 403) {
      throw new FeedError('unauthorised', 'name and password are wanted or refused');
    }
    if (!response.ok) throw new FeedError('protocol', `the server answers with status ${response.status}`);
    const bytes = await body(response);
    const [etag, lastModified] = [response.headers.get('etag'), response.headers.get('last-modified')];
    return {
      bytes,
      version: { ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) },
    };
  } catch (cause) {
    if (cause instanceof FeedError) throw cause;
    const inner = (cause as Error).cause as NodeJS.ErrnoException | undefined;
    throw new FeedError('unreachable', `${address.origin}: ${inner?.code ?? (cause as Error).name}`, {
      cause,
    });
  }
}

/** Name and password of a URL go into a header (RFC 7617): `fetch` refuses them, and they are in no message then. */
function withoutCredentials(url: string, headers: Headers): URL {
  if (!URL.canParse(url)) throw new FeedError('argument', 'the source is no URL');
  const address = new URL(url);
  if (address.username !== '' || address.password !== '') {
    const pair = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
    headers.set('Authorization', `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`);
  }
  address.username = '';
  address.password = '';
  return address;
}

async function body(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    pieces.push(piece);
    length += piece.length;
    if (length > MAX_DOCUMENT)
      throw new FeedError('too-large', `the document has over ${MAX_DOCUMENT} bytes`);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
