import { type Database, insideOf } from '../database.ts';
import { attempt } from '../error.ts';
import { instantText } from '../values.ts';
import type { Query } from './subject.ts';

export interface GivenQuery {
  /** Milliseconds UTC: when the receipt was written, from inclusive, to exclusive. */
  readonly from?: number;
  readonly to?: number;
  /** Sums a day, a month, or over all. */
  readonly by?: 'day' | 'month';
}

/** What one party gave to another, of one kind, level and set of clauses, in one period. */
export interface GivenSum {
  readonly giver: string;
  readonly receiver: string;
  readonly kind: string;
  readonly level: string;
  readonly clauses: readonly string[];
  /** `2026-12-01`, `2026-12`, or empty where it is over all. */
  readonly period: string;
  /** Different items. */
  readonly items: number;
  readonly receipts: number;
  /** How many items left how long after they came in, by class of delay. */
  readonly delays: Readonly<Record<string, number>>;
}

// Items are told apart by number, so that one given twice, at two doors or to two officers, counts once.
const STATEMENT = `
with sums as (
  select g as giver, d.party as receiver, d.kind, d.level, d.clauses, to_char(d.at at time zone 'UTC', $3) as period,
    range_agg(d.seqs) as seqs, count(*)::int as receipts, array_agg(d.delays) as delays
  from concord.delivery d cross join lateral unnest(d.originators) g
  where g <> d.party and ($1::timestamptz is null or d.at >= $1) and ($2::timestamptz is null or d.at < $2)
  group by 1, 2, 3, 4, 5, 6)
select giver, receiver, kind, level, clauses, period, receipts,
  (select coalesce(sum(upper(r) - lower(r)), 0)::float8 from unnest(seqs) r) as items,
  (select coalesce(jsonb_object_agg(k, n), '{}') from (
     select e.key as k, sum(e.value::int) as n from unnest(delays) x cross join lateral jsonb_each_text(x) e
     group by e.key) by_class) as delays
from sums order by giver, receiver, kind, level, clauses, period`;

const FORMATS = { day: 'YYYY-MM-DD', month: 'YYYY-MM' } as const;

const valuesOf = ({ from, to, by }: GivenQuery): unknown[] => [
  from === undefined ? null : instantText(from),
  to === undefined ? null : instantText(to),
  by === undefined ? '' : FORMATS[by],
];

/** As the party: row security leaves what it gave and what it got. */
export const given = (query: Query, wanted: GivenQuery): Promise<GivenSum[]> =>
  query<GivenSum>({ name: 'given', text: STATEMENT, values: valuesOf(wanted) });

/** Both sides of everything: for the authority alone. */
export function createEveryGiven(database: Database): (wanted: GivenQuery) => Promise<GivenSum[]> {
  const { policy } = insideOf(database).connections;
  return (wanted) =>
    attempt(async () => (await policy.query<GivenSum>({ text: STATEMENT, values: valuesOf(wanted) })).rows);
}
