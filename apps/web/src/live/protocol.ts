import type { Released } from '../api/contract.ts';

/** What the server says on `/live`; a frame holds one or several of them, one JSON object a line. */
export type ServerMessage =
  | ({ readonly type: 'item'; readonly cursor: string } & Released)
  | { readonly type: 'phase'; readonly phase: 'backfill' | 'live' }
  | { readonly type: 'streams' }
  | { readonly type: 'cut'; readonly stream: string; readonly cursor: string }
  | { readonly type: 'error'; readonly code: string; readonly message: string; readonly stream?: string };

/** What the page says on `/live`. */
export type ClientMessage =
  | {
      readonly type: 'subscribe';
      readonly streams: readonly string[];
      readonly cursor?: string;
      readonly conflate?: true;
      readonly from?: 'latest';
    }
  | { readonly type: 'ack'; readonly cursor: string };

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function isMessage(value: unknown): value is ServerMessage {
  if (typeof value !== 'object' || value === null) return false;
  const it = value as Record<string, unknown>;
  switch (it['type']) {
    case 'item':
      return (
        isText(it['cursor']) &&
        isText(it['stream']) &&
        isText(it['kind']) &&
        isText(it['time']) &&
        typeof it['item'] === 'object' &&
        it['item'] !== null &&
        typeof it['label'] === 'object' &&
        it['label'] !== null
      );
    case 'phase':
      return it['phase'] === 'backfill' || it['phase'] === 'live';
    case 'streams':
      return true;
    case 'cut':
      return isText(it['stream']) && isText(it['cursor']);
    case 'error':
      return isText(it['code']);
    default:
      return false;
  }
}

/** Messages of a frame in order; lines that are none are counted, not thrown. */
export function readFrame(frame: string): { messages: ServerMessage[]; unread: number } {
  const messages: ServerMessage[] = [];
  let unread = 0;
  for (const line of frame.split('\n')) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      unread += 1;
      continue;
    }
    if (isMessage(value)) messages.push(value);
    else unread += 1;
  }
  return { messages, unread };
}
