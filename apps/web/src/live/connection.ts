import type { Released } from '../api/contract.ts';
import { type ClientMessage, readFrame } from './protocol.ts';

/**
 * The live connection as a pure state machine: events in, effects out, no clock and no socket. `socket.ts` carries out
 * the effects.
 *
 * Credit: the server keeps at most 64 KiB in flight without an acknowledgement, so one is sent at 16 KiB or after 100 ms,
 * whichever is first. A `cut` is answered in the same turn, before anything else of its frame is looked at.
 */
export type Phase =
  | 'idle'
  | 'connecting'
  | 'backfill'
  | 'live'
  /** Waiting to try again. */
  | 'waiting'
  /** The server refuses this session; trying again would not help. */
  | 'ended';

export interface LiveState {
  readonly phase: Phase;
  /** Failed attempts since the connection last delivered something. */
  readonly attempt: number;
  /** Where to resume. */
  readonly cursor: string | undefined;
  /** Bytes received and not acknowledged. */
  readonly owed: number;
  readonly ackPending: boolean;
  /** The server named a phase on this connection; where it names none, the first item means live. */
  readonly phaseTold: boolean;
  /** Said by the server or the socket when the connection ended. */
  readonly message: string | undefined;
}

export type LiveEvent =
  | { readonly type: 'start' }
  | { readonly type: 'opened' }
  | { readonly type: 'frame'; readonly text: string }
  | { readonly type: 'ackDue' }
  /** `jitter` in 0..1 spreads the return of many pages. */
  | { readonly type: 'closed'; readonly code: number; readonly reason: string; readonly jitter: number }
  | { readonly type: 'retry' }
  | { readonly type: 'stop' };

export type LiveEffect =
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'send'; readonly message: ClientMessage }
  | { readonly type: 'ackIn'; readonly ms: number }
  | { readonly type: 'retryIn'; readonly ms: number }
  | { readonly type: 'items'; readonly items: readonly Released[] }
  | { readonly type: 'cut'; readonly stream: string }
  | { readonly type: 'streamsChanged' }
  | { readonly type: 'problem'; readonly code: string; readonly message: string; readonly stream?: string };

export interface Step {
  readonly state: LiveState;
  readonly effects: readonly LiveEffect[];
}

export const ACK_BYTES = 16 * 1024;
export const ACK_DELAY_MS = 100;
const RETRY_FIRST_MS = 500;
const RETRY_MOST_MS = 20_000;

export const idle: LiveState = {
  phase: 'idle',
  attempt: 0,
  cursor: undefined,
  owed: 0,
  ackPending: false,
  phaseTold: false,
  message: undefined,
};

/** Delay before attempt `n` (0 the first): doubles to 20 s, of which the later half is spread by `jitter`. */
export function retryDelay(attempt: number, jitter: number): number {
  const whole = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** attempt);
  return Math.round(whole / 2 + (whole / 2) * jitter);
}

const subscribe = (cursor: string | undefined): LiveEffect => ({
  type: 'send',
  message:
    cursor === undefined
      ? { type: 'subscribe', streams: ['*'], conflate: true, from: 'latest' }
      : { type: 'subscribe', streams: ['*'], conflate: true, cursor },
});

/** Codes by which a server ends a session for good: policy violation (RFC 6455) and the private 4401 and 4403. */
const isFinal = (code: number): boolean => code === 1008 || code === 4401 || code === 4403;

const isOpen = (state: LiveState): boolean =>
  state.phase === 'connecting' || state.phase === 'backfill' || state.phase === 'live';

export function step(state: LiveState, event: LiveEvent): Step {
  switch (event.type) {
    case 'start':
    case 'retry':
      if (isOpen(state)) return { state, effects: [] };
      return {
        state: { ...state, phase: 'connecting', owed: 0, ackPending: false },
        effects: [{ type: 'open' }],
      };
    case 'opened':
      return { state: { ...state, phase: 'backfill', phaseTold: false }, effects: [subscribe(state.cursor)] };
    case 'frame':
      return receive(state, event.text);
    case 'ackDue':
      if (!state.ackPending) return { state, effects: [] };
      return acknowledge({ ...state, ackPending: false });
    case 'closed': {
      if (state.phase === 'idle') return { state, effects: [] };
      const rest = { ...state, owed: 0, ackPending: false, message: event.reason || undefined };
      if (isFinal(event.code)) return { state: { ...rest, phase: 'ended' }, effects: [] };
      return {
        state: { ...rest, phase: 'waiting', attempt: state.attempt + 1 },
        effects: [{ type: 'retryIn', ms: retryDelay(state.attempt, event.jitter) }],
      };
    }
    case 'stop':
      return { state: idle, effects: [{ type: 'close' }] };
  }
}

function acknowledge(state: LiveState): Step {
  if (state.cursor === undefined || !isOpen(state)) return { state: { ...state, owed: 0 }, effects: [] };
  return {
    state: { ...state, owed: 0, ackPending: false },
    effects: [{ type: 'send', message: { type: 'ack', cursor: state.cursor } }],
  };
}

function receive(before: LiveState, text: string): Step {
  const { messages, unread } = readFrame(text);
  const effects: LiveEffect[] = [];
  const items: Released[] = [];
  let state: LiveState = { ...before, owed: before.owed + text.length };
  // Cuts first: the answer is due within 250 ms, and what the same frame carries of that stream is still before the cut.
  for (const it of messages) {
    if (it.type === 'cut') effects.push({ type: 'send', message: { type: 'ack', cursor: it.cursor } });
  }
  const flush = (): void => {
    if (items.length > 0) effects.push({ type: 'items', items: items.splice(0) });
  };
  for (const it of messages) {
    switch (it.type) {
      case 'item':
        items.push(it);
        state = { ...state, cursor: it.cursor, attempt: 0, message: undefined };
        if (!state.phaseTold) state = { ...state, phase: 'live' };
        break;
      case 'phase':
        flush();
        state = { ...state, phase: it.phase, phaseTold: true, attempt: 0, message: undefined };
        break;
      case 'streams':
        flush();
        effects.push({ type: 'streamsChanged' });
        break;
      case 'cut':
        flush();
        effects.push({ type: 'cut', stream: it.stream });
        break;
      case 'error':
        flush();
        if (it.code.includes('cursor') && state.cursor !== undefined) {
          // The place to resume is gone: begin with the newest of each series.
          state = { ...state, cursor: undefined };
          effects.push(subscribe(undefined));
        } else {
          const stream = it.stream === undefined ? {} : { stream: it.stream };
          effects.push({ type: 'problem', code: it.code, message: it.message ?? '', ...stream });
        }
        break;
    }
  }
  flush();
  if (unread > 0) {
    effects.push({ type: 'problem', code: 'unread', message: String(unread) });
  }
  // Also where the cursor did not move: the newest of all series is given under one cursor, and uses credit.
  if (!messages.some((it) => it.type === 'item')) return { state, effects };
  if (state.owed >= ACK_BYTES) {
    const ack = acknowledge(state);
    return { state: ack.state, effects: [...effects, ...ack.effects] };
  }
  if (!state.ackPending) {
    effects.push({ type: 'ackIn', ms: ACK_DELAY_MS });
    state = { ...state, ackPending: true };
  }
  return { state, effects };
}
