import type { Area, Clause, Terms } from '@concord/agreement';
import type { PartyId, Policies } from '@concord/label';

export type AgreementStanding = 'in-force' | 'not-yet' | 'ended' | 'suspended';
export type AssuranceStanding = 'live' | 'lapsed' | 'breached';

/** An agreement together with what has happened to it. */
export interface AgreementState {
  readonly terms: Terms;
  readonly standing: AgreementStanding;
  /** By the assurance's name; one that is not here is not live. */
  readonly assurances: ReadonlyMap<string, AssuranceStanding>;
}

/** All that verdicts depend on beside item and reader; a version of it is an epoch. */
export interface World {
  readonly epoch: number;
  readonly policies: Policies;
  readonly agreements: readonly AgreementState[];
}

/** A clause that leads from an originator to a reader's party, with the agreement that it stands in. */
export interface Path {
  readonly agreement: AgreementState;
  readonly clause: Clause;
}

const paths = new WeakMap<World, Map<string, readonly Path[]>>();

/** The clauses from one party to another, over all agreements of the world. */
export function pathsBetween(world: World, from: PartyId, to: PartyId): readonly Path[] {
  let index = paths.get(world);
  if (!index) {
    const built = new Map<string, Path[]>();
    for (const agreement of world.agreements) {
      for (const clause of agreement.terms.clauses) {
        const key = `${clause.from}>${clause.to}`;
        const list = built.get(key) ?? [];
        built.set(key, list);
        list.push({ agreement, clause });
      }
    }
    index = built;
    paths.set(world, built);
  }
  return index.get(`${from}>${to}`) ?? [];
}

/** Agreements that bind both parties. */
export const agreementsBetween = (world: World, a: PartyId, b: PartyId): readonly AgreementState[] =>
  world.agreements.filter(
    ({ terms }) => terms.parties.some((one) => one.id === a) && terms.parties.some((one) => one.id === b),
  );

/** Area versions on which some clause depends, and the cell resolutions at which a place must be judged. */
export function areaQuestions(world: World): {
  readonly areas: readonly Area[];
  readonly resolutions: readonly number[];
} {
  const areas = new Map<string, Area>();
  const resolutions = new Set<number>();
  for (const { terms } of world.agreements) {
    for (const clause of terms.clauses) {
      const area = terms.areas.find((one) => one.name === clause.within);
      if (area) areas.set(area.hash, area);
      if (clause.obligations.position) resolutions.add(clause.obligations.position.h3);
    }
  }
  return { areas: [...areas.values()], resolutions: [...resolutions].sort((a, b) => a - b) };
}
