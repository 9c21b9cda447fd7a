import type { Permit, ReleaseFacts } from '@concord/gate';
import type { PartyId } from '@concord/label';
import type { Delivery } from '@concord/store';
import type { Stream } from './catalogue.ts';
import { delayClass } from './delay-class.ts';
import type { Row } from './row.ts';

/** Numbers as ranges, each first and last included. */
export function rangesOf(numbers: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const n of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else ranges.push([n, n]);
  }
  return ranges;
}

/** What a receipt says in numbers; undefined where nothing goes from one party to another. */
export function deliveryOf(of: {
  readonly rows: readonly Row[];
  readonly facts: ReleaseFacts;
  readonly stream: Stream;
  readonly permits: readonly Permit[];
  readonly party: PartyId;
  readonly recipients: number;
  readonly door: string;
  readonly now: number;
}): Delivery | undefined {
  const { rows, facts, stream, party, now } = of;
  if (facts.originators.every((one) => one === party)) return undefined;
  const clauses = of.permits.flatMap((one) => ('home' in one ? [] : [`${one.agreement}/${one.clause}`]));
  const delays: Record<string, number> = {};
  for (const { ingested, since } of rows) {
    const name = delayClass(now - (since ?? ingested));
    delays[name] = (delays[name] ?? 0) + 1;
  }
  return {
    party,
    originators: facts.originators,
    stream: stream.id,
    kind: stream.kind,
    level: `${facts.policy} ${facts.classification}`,
    clauses: [...new Set(clauses)].sort(),
    door: of.door,
    seqs: rangesOf(rows.map(({ seq }) => seq)),
    recipients: of.recipients,
    delays,
  };
}
