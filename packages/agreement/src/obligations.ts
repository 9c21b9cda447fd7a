/**
 * What is done to an item before release. Deterministic: one item, one party, one form, at every door.
 */
export interface Obligations {
  /** Position replaced by the H3 cell of this resolution, 0 (coarse) to 15. */
  readonly position?: { readonly h3: number };
  /** Rung of the delay ladder, counted from ingest. */
  readonly delay?: DelayRung;
  /** Fields of the record that are left out, sorted. */
  readonly drop?: readonly string[];
}

/** The fixed ladder of delays; row security in the database has one branch a rung. */
export const DELAY_LADDER = [
  { text: 'PT0S', ms: 0 },
  { text: 'PT1M', ms: 60_000 },
  { text: 'PT10M', ms: 600_000 },
  { text: 'PT1H', ms: 3_600_000 },
  { text: 'P1D', ms: 86_400_000 },
  { text: 'P7D', ms: 604_800_000 },
] as const;

export type DelayRung = 0 | 1 | 2 | 3 | 4 | 5;

/** Milliseconds of an ISO 8601 duration in days, hours, minutes and seconds; undefined where it is none. */
export function durationMs(text: string): number | undefined {
  const parts = /^P(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/.exec(text);
  if (!parts || text === 'P' || text.endsWith('T')) return undefined;
  const [days, hours, minutes, seconds] = parts.slice(1).map((one) => Number(one ?? 0));
  return ((days! * 24 + hours!) * 60 + minutes!) * 60_000 + seconds! * 1000;
}

/** The rung of a duration, whatever way it is written; undefined off the ladder. */
export function delayRung(text: string): DelayRung | undefined {
  const ms = durationMs(text);
  const rung = DELAY_LADDER.findIndex((one) => one.ms === ms);
  return rung < 0 ? undefined : (rung as DelayRung);
}

/** The most restrictive of both: the coarser cell, the longer delay, every dropped field. */
export function joinObligations(a: Obligations, b: Obligations): Obligations {
  const h3 = Math.min(a.position?.h3 ?? 16, b.position?.h3 ?? 16);
  const delay = Math.max(a.delay ?? 0, b.delay ?? 0) as DelayRung;
  const drop = [...new Set([...(a.drop ?? []), ...(b.drop ?? [])])].sort();
  return {
    ...(h3 < 16 && { position: { h3 } }),
    ...(delay > 0 && { delay }),
    ...(drop.length > 0 && { drop }),
  };
}

/** Equal obligations have equal text. */
export const obligationsText = (o: Obligations): string =>
  JSON.stringify([o.position?.h3 ?? null, o.delay ?? 0, o.drop ?? []]);
