import type { AgreementId, OfficerId, PartyId } from '@concord/label';
import { benchNode } from './bench-node.ts';
import { type Figure, figure, quantile, timed } from './figure.ts';
import { clients } from './readers.ts';
import { benchFeed, flow, holdTimes } from './traffic.ts';
import { officers, positions, tokensOf } from './world.ts';

const SUBSCRIBERS = 1000;
const TRIES = 20;
const PARTIES = ['alder', 'birch', 'cedar', 'dogwood'];
const BENCH = 'bench' as AgreementId;
const CHAIR = 'chair@authority' as OfficerId;
const STREAM = 'alder/bench/ais.position';

/**
 * What takes something away from all 1,000 subscribers of an agreement at once, while items flow: from the call to its
 * answer, which comes when every connection has acknowledged its cut or was reset.
 */
export async function narrowing(): Promise<Figure[]> {
  const bench = await benchNode();
  const tokens = await tokensOf(bench.node, officers());
  const { node } = bench;
  await benchFeed(node).accept(positions(100));
  const port = Number(new URL(node.url).port);
  const perToken = SUBSCRIBERS / tokens.length;
  const readers = await clients({ port, path: '/live', tokens, perToken, subscribe: true });
  const traffic = flow(node, 10, 20);
  const { agreements } = node.authority;
  const resume = async () => {
    for (const party of PARTIES) await agreements.resume(`release@${party}` as OfficerId, BENCH);
    await agreements.resume(CHAIR, BENCH);
    // The readers are given what they missed before they lose it again.
    await new Promise((resolve) => setTimeout(resolve, 400));
  };
  const holds = holdTimes(node);
  /** How long a change takes until its hold is done, and until it is answered. */
  const narrow = async (into: { holds: number[]; answers: number[] }, change: () => Promise<unknown>) => {
    holds.length = 0;
    into.answers.push(await timed(change));
    into.holds.push(holds[0] ?? Number.NaN);
  };
  try {
    const suspended = { holds: [] as number[], answers: [] as number[] };
    for (let i = 0; i < TRIES; i++) {
      await narrow(suspended, () => agreements.suspend(CHAIR, BENCH, 'bench'));
      await resume();
    }
    const recalled = { holds: [] as number[], answers: [] as number[] };
    for (let i = 0; i < TRIES; i++) {
      const order = {
        officer: 'ada@alder' as OfficerId,
        party: 'alder' as PartyId,
        stream: STREAM,
        from: 1_790_000_000_000 + i,
        to: 1_790_000_000_000 + i + 1,
        reason: 'bench',
        due: Date.now() + 86_400_000,
        nextEpoch: () => node.authority.nextEpoch(),
      };
      await narrow(recalled, () => node.release.recalls.recall(order));
    }
    return [
      told(
        'suspension of an agreement with 1,000 subscribers: time to hold, after which nothing leaves',
        suspended.holds,
        50,
      ),
      told('the same: call to answer, when all 1,000 have acknowledged their cut', suspended.answers),
      told(
        'recall of a range with 1,000 subscribers: time to hold, after which nothing of it leaves',
        recalled.holds,
        50,
      ),
      told('the same: call to answer', recalled.answers),
    ];
  } finally {
    await traffic.stop().catch(() => undefined);
    readers.child.kill();
    await bench.close();
  }
}

function told(what: string, values: readonly number[], limit?: number): Figure {
  const p99 = quantile(values, 0.99);
  return figure({
    bench: 'gate',
    figure: what,
    unit: 'ms',
    values,
    budget: limit === undefined ? 'none: it waits for every reader' : `p99 < ${limit} ms`,
    keeps: () => limit === undefined || p99 < limit,
    detail: { p99: Number(p99.toPrecision(3)) },
  });
}
