import type { PartyId } from '@concord/label';
import type { Assurance, Terms, Validity } from './terms.ts';

export type AgreementStanding = 'in-force' | 'not-yet' | 'ended' | 'suspended';
export type AssuranceStanding = 'live' | 'lapsed' | 'breached';

/** What has been recorded of an agreement; instants in milliseconds UTC. */
export interface Recorded {
  readonly suspended: boolean;
  /** When an assurance was last confirmed; one that is not here never was. */
  readonly confirmed: ReadonlyMap<string, number>;
  readonly breached: readonly string[];
  readonly notices: readonly Notice[];
  /** Some incident is suspected and not closed. */
  readonly suspicion: boolean;
}

/** A party's word that it lets the agreement run out, or that it leaves. */
export interface Notice {
  readonly at: number;
  readonly kind: 'no-renewal' | 'withdrawal';
}

/** How an agreement stands at an instant, and until when that stays so. */
export interface Standing {
  readonly standing: AgreementStanding;
  readonly assurances: ReadonlyMap<string, AssuranceStanding>;
  /** Clauses whose embargo has passed; the others under embargo permit nothing. */
  readonly opened: readonly string[];
  readonly suspicion: boolean;
  /** The first instant after `now` at which any of it may be otherwise by itself; undefined, never. */
  readonly nextChange: number | undefined;
}

/** How an agreement stands: a function of its terms, of what was recorded, and of the time, and of nothing else. */
export function standingAt(terms: Terms, recorded: Recorded, now: number): Standing {
  const end = endOf(terms.inForce, recorded.notices, now);
  const past = recorded.suspended ? 'suspended' : 'in-force';
  const standing = now < terms.inForce.from ? 'not-yet' : now >= end ? 'ended' : past;
  const instants = [
    terms.inForce.from,
    end,
    ...terms.clauses.flatMap(({ embargo }) => embargo ?? []),
    ...terms.assurances.flatMap((one) => instantsOf(one, recorded)),
  ].filter((one) => one > now && Number.isFinite(one));
  return {
    standing,
    assurances: new Map(terms.assurances.map((one) => [one.id, assuranceAt(one, recorded, now)])),
    opened: terms.clauses.flatMap(({ id, embargo }) => (embargo !== undefined && embargo <= now ? [id] : [])),
    suspicion: recorded.suspicion,
    nextChange: instants.length > 0 ? Math.min(...instants) : undefined,
  };
}

/**
 * The end as it is known at `now`: the last instant, put off by whole periods as long as nobody has said otherwise in
 * time, and brought forward by a party that leaves.
 */
export function endOf(validity: Validity, notices: readonly Notice[], now: number): number {
  const { until, renewal, notice } = validity;
  const given = notices.filter((one) => one.at <= now);
  const leaves = given.filter((one) => one.kind === 'withdrawal' && notice !== undefined);
  const ends = leaves.map((one) => one.at + notice!);
  return Math.min(renewal ? renewed(until, renewal, given, now) : until, ...ends);
}

function renewed(
  until: number,
  { period, unlessNotice }: NonNullable<Validity['renewal']>,
  given: readonly Notice[],
  now: number,
): number {
  const nth = (n: number) => until + Math.max(0, n) * period;
  // A notice stops the first renewal before which there is still time enough.
  const stops = given.map((one) => nth(Math.ceil((one.at + unlessNotice - until) / period)));
  // Without one the end after now is the next at which it might still be stopped.
  return Math.min(nth(Math.floor((now - until) / period) + 1), ...stops);
}

function instantsOf({ id, review, signed, validUntil }: Assurance, { confirmed }: Recorded): number[] {
  const last = confirmed.get(id);
  return [
    ...(review !== undefined && last !== undefined ? [last + review] : []),
    ...(signed === undefined ? [] : [signed]),
    ...(validUntil === undefined ? [] : [validUntil]),
  ];
}

/** How a promise stands at an instant. */
export function assuranceAt(
  assurance: Assurance,
  recorded: Pick<Recorded, 'breached' | 'confirmed'>,
  now: number,
): AssuranceStanding {
  const { id, review, signed, validUntil } = assurance;
  if (recorded.breached.includes(id)) return 'breached';
  const last = recorded.confirmed.get(id);
  const stale = review !== undefined && (last === undefined || now >= last + review);
  const early = signed !== undefined && now < signed;
  const late = validUntil !== undefined && now >= validUntil;
  return stale || early || late ? 'lapsed' : 'live';
}

/**
 * The instant at which the home authority's confirmation of a clearance is too old; infinite where the agreement asks
 * for none, and in the infinite past where it asks and there is none.
 */
export function confirmedUntil(terms: Terms, party: PartyId, confirmedAt: number | undefined): number {
  const period = terms.access?.find((one) => one.party === party)?.confirmation;
  if (period === undefined) return Number.POSITIVE_INFINITY;
  return confirmedAt === undefined ? Number.NEGATIVE_INFINITY : confirmedAt + period;
}
