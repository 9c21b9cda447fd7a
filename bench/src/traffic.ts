import type { PartyId } from '@concord/label';
import type { RunningNode } from '@concord/server';
import { LABEL, positions } from './world.ts';

/** The feed of the benchmark's originator. */
export const benchFeed = (node: RunningNode) =>
  node.intake.open({
    party: 'alder' as PartyId,
    feed: 'bench',
    source: 'bench',
    format: 'bench',
    label: LABEL,
  });

/** Brings so many items every few milliseconds until it is stopped. */
export function flow(node: RunningNode, rows: number, everyMs: number): { stop(): Promise<void> } {
  const feed = benchFeed(node);
  let flowing = true;
  let from = 1e6;
  const done = (async () => {
    while (flowing) {
      await feed.accept(positions(rows, from));
      from += rows;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  return {
    stop: async () => {
      flowing = false;
      await done;
    },
  };
}

/** How long each hold takes from now on, milliseconds. */
export function holdTimes({ release: { standing } }: RunningNode): number[] {
  const times: number[] = [];
  const hold = standing.hold.bind(standing);
  standing.hold = (concerns, of) => {
    const start = performance.now();
    const held = hold(concerns, of);
    times.push(performance.now() - start);
    return held;
  };
  return times;
}
