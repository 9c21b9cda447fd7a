import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './verb.ts';

const DEFAULT_URL = 'http://localhost:8080';
const LOOPBACK = new Set(['127.0.0.1', '[::1]']);

/** What a running node has written into its data folder. */
export interface NodeFile {
  readonly url: string;
  readonly operatorUrl?: string;
  readonly pid: number;
}

/** `node.json` of a data folder; undefined where no node has left a readable one. */
export function nodeFile(dataDir: string): NodeFile | undefined {
  try {
    const read = JSON.parse(readFileSync(join(dataDir, 'node.json'), 'utf8')) as Record<string, unknown>;
    const { url, pid, operatorUrl } = read;
    if (typeof url !== 'string' || typeof pid !== 'number') return undefined;
    return { url, pid, ...(typeof operatorUrl === 'string' && { operatorUrl }) };
  } catch {
    return undefined;
  }
}

/** Where a server is. */
export interface Address {
  /** Scheme, host and port as they are connected to, without a slash at the end. */
  readonly base: string;
  /** The origin by which the server knows itself: loopback is `localhost` to it. */
  readonly origin: string;
  /** Which of its sources the address was taken from. */
  readonly from: '--url' | '$CONCORD_URL' | 'node.json' | 'default';
}

/** The server's address: `--url`, `$CONCORD_URL`, that of the node running on this data folder, the default. */
export function serverAddress(url: string | undefined, dataDir: string): Address {
  const environment = process.env['CONCORD_URL'];
  if (url !== undefined) return addressOf(url, '--url');
  if (environment) return addressOf(environment, '$CONCORD_URL');
  const node = nodeFile(dataDir);
  return node ? addressOf(node.url, 'node.json') : addressOf(DEFAULT_URL, 'default');
}

export function addressOf(text: string, from: Address['from']): Address {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new UsageError(`${from}: "${text}" is no http or https address`);
  const origin = new URL(url);
  if (LOOPBACK.has(url.hostname)) origin.hostname = 'localhost';
  return { base: url.origin, origin: origin.origin, from };
}
