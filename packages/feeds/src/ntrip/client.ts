import { setTimeout as sleep } from 'node:timers/promises';
import type { Decoded, FeedIntake } from '@concord/intake';
import { createDecoder } from '../decode/decoder.ts';
import { FeedError } from '../error.ts';
import type { RunningFeed } from '../running-feed.ts';
import { checkedAddress, type NtripAddress } from './address.ts';
import { type ConnectionSettings, readMount } from './connection.ts';
import { type ClientPosition, ggaSentence } from './gga.ts';

export interface NtripFeedOptions extends Omit<ConnectionSettings, 'onOpen'> {
  readonly intake: FeedIntake;
  readonly address: NtripAddress;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Uniform in [0, 1), to spread reconnections. */
  readonly random: () => number;
  /** The receiver's name; by default the mount point's. */
  readonly receiver?: string;
  /** Tells the caster where to compute corrections for, every `ggaMs`. */
  readonly position?: ClientPosition;
  readonly ggaMs?: number;
  /** First and longest pause before a reconnection, milliseconds. */
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
}

/**
 * Follows a mount point of an NTRIP caster, version 1 or 2, as RTCM 3, and keeps following it: after whatever ends a
 * connection it pauses, twice as long each time up to the longest, spread at random between half and all of that, and
 * connects again. Items make the next pause short again.
 *
 * @throws FeedError `argument` for an address that cannot be one
 */
export function startNtripFeed(options: NtripFeedOptions): RunningFeed {
  checkedAddress(options.address);
  const stopping = new AbortController();
  const ended = follow(options, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function follow(options: NtripFeedOptions, signal: AbortSignal): Promise<void> {
  const { intake, random, firstPauseMs = 500, longestPauseMs = 60_000 } = options;
  intake.state('waiting', 'connecting');
  for (let failures = 0; !signal.aborted; failures++) {
    let took = 0;
    try {
      await connection(options, signal, (items) => {
        if (took === 0 && items > 0) intake.state('running');
        took += items;
      });
    } catch (cause) {
      if (signal.aborted) break;
      if (took > 0) failures = 0;
      const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 30));
      const pause = Math.round(longest * (0.5 + random() / 2));
      // Who is refused will be refused again, until somebody does something about it.
      const refused =
        cause instanceof FeedError && (cause.code === 'unauthorised' || cause.code === 'no-such-mount');
      intake.state(refused ? 'failed' : 'waiting', `${(cause as Error).message}; again in ${pause} ms`);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
  intake.state('done', 'stopped');
}

/** One connection, until it ends. Its bytes are counted from its beginning. */
async function connection(
  options: NtripFeedOptions,
  signal: AbortSignal,
  took: (items: number) => void,
): Promise<void> {
  const { intake, address, now, position, ggaMs = 10_000, receiver = address.mount } = options;
  const decoder = createDecoder('rtcm3', { now, live: true, receiver });
  const accept = async ({ items, quarantined }: Decoded): Promise<void> => {
    if (quarantined.length > 0) await intake.quarantine(quarantined);
    if (items.length > 0) await intake.accept(items);
    took(items.length);
  };
  let telling: NodeJS.Timeout | undefined;
  const onOpen = (send: (text: string) => void): void => {
    if (position === undefined || telling !== undefined) return;
    send(ggaSentence(position, now()));
    telling = setInterval(() => send(ggaSentence(position, now())), ggaMs);
  };
  try {
    for await (const bytes of readMount(address, { ...options, onOpen }, signal))
      await accept(decoder.push(bytes));
  } finally {
    clearInterval(telling);
    await accept(decoder.end());
  }
}
