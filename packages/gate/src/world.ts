import type {
  AgreementStanding,
  Area,
  AssuranceStanding,
  Clause,
  Never,
  Survivor,
  Terms,
} from '@concord/agreement';
import type { PartyId, Policies, PolicyId } from '@concord/label';

export type { AgreementStanding, AssuranceStanding };

/** An agreement together with what has happened to it. */
export interface AgreementState {
  readonly terms: Terms;
  readonly standing: AgreementStanding;
  /** By the assurance's name; one that is not here is not live. */
  readonly assurances: ReadonlyMap<string, AssuranceStanding>;
  /** Clauses whose embargo has passed; one under embargo that is not here permits nothing. */
  readonly opened?: readonly string[];
  /** An incident is suspected and not closed. */
  readonly suspicion?: boolean;
}

/** All that verdicts depend on beside item and reader; a version of it is an epoch. Immutable. */
export interface World {
  readonly epoch: number;
  readonly policies: Policies;
  readonly agreements: readonly AgreementState[];
}

/** The clauses of one agreement that lead from an originator to a reader's party. */
export interface Path {
  readonly agreement: AgreementState;
  readonly clauses: readonly Clause[];
}

/** A `never` line with the agreement that it stands in. */
export interface Prohibition {
  readonly agreement: AgreementState;
  readonly line: Never;
}

/** What is asked of a world again and again. */
interface Index {
  readonly paths: ReadonlyMap<PartyId, ReadonlyMap<PartyId, readonly Path[]>>;
  readonly prohibitions: ReadonlyMap<PartyId, readonly Prohibition[]>;
  readonly policies: ReadonlyMap<PartyId, ReadonlySet<PolicyId>>;
}

/**
 * Whether the promises of an agreement hold. A suspended one permits nothing, but what its parties have promised never
 * to do they still do not do: suspending narrows and never widens. After the end there binds what the agreement says
 * survives it.
 */
const binds = ({ standing, terms }: AgreementState, what: Survivor): boolean =>
  standing === 'in-force' ||
  standing === 'suspended' ||
  (standing === 'ended' && (terms.inForce.survives?.includes(what) ?? false));

/** The entry of a map, made where there is none. */
function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function build(world: World): Index {
  const paths = new Map<PartyId, Map<PartyId, Path[]>>();
  const prohibitions = new Map<PartyId, Prohibition[]>();
  const policies = new Map<PartyId, Set<PolicyId>>();
  for (const agreement of world.agreements) {
    const { parties, clauses, never } = agreement.terms;
    for (const [pair, some] of Map.groupBy(clauses, ({ from, to }) => `${from} ${to}`)) {
      const [from, to] = pair.split(' ') as [PartyId, PartyId];
      const list = entry(
        entry(paths, from, () => new Map<PartyId, Path[]>()),
        to,
        (): Path[] => [],
      );
      list.push({ agreement, clauses: some });
    }
    for (const { id, policy } of parties) {
      entry(policies, id, () => new Set<PolicyId>()).add(policy);
      if (binds(agreement, 'never'))
        entry(prohibitions, id, (): Prohibition[] => []).push(...never.map((line) => ({ agreement, line })));
    }
  }
  return { paths, prohibitions, policies };
}

const indices = new WeakMap<World, Index>();
const indexOf = (world: World): Index => {
  let index = indices.get(world);
  if (!index) {
    index = build(world);
    indices.set(world, index);
  }
  return index;
};

/** The clauses from one party to another, agreement by agreement, whatever the standing of these. */
export const pathsBetween = (world: World, from: PartyId, to: PartyId): readonly Path[] =>
  indexOf(world).paths.get(from)?.get(to) ?? [];

/** The `never` lines by which a party is bound. */
export const prohibitionsOn = (world: World, party: PartyId): readonly Prohibition[] =>
  indexOf(world).prohibitions.get(party) ?? [];

/** The classification policies that a party uses, as its agreements say. */
export const policiesOf = (world: World, party: PartyId): ReadonlySet<PolicyId> | undefined =>
  indexOf(world).policies.get(party);

export const bindsBoth = (terms: Terms, a: PartyId, b: PartyId): boolean =>
  terms.parties.some((one) => one.id === a) && terms.parties.some((one) => one.id === b);

/** Agreements whose third-party rule holds between both parties. */
export const agreementsBetween = (world: World, a: PartyId, b: PartyId): readonly AgreementState[] =>
  world.agreements.filter((one) => binds(one, 'third-parties') && bindsBoth(one.terms, a, b));

/** An area; `clear`, where a `never` line asks what is known to lie clear of it. */
export type AskedArea = Area & { readonly clear?: true };

const asked = new WeakMap<Area, AskedArea>();
/** The same object each time: what is known of an area's cells is kept by it. */
function askedClear(area: Area): AskedArea {
  const found = asked.get(area) ?? { ...area, clear: true as const };
  asked.set(area, found);
  return found;
}

/** Area versions on which some clause or line depends, and the cell resolutions at which a place must be judged. */
export function areaQuestions(world: World): {
  readonly areas: readonly AskedArea[];
  readonly resolutions: readonly number[];
} {
  const areas = new Map<string, AskedArea>();
  const resolutions = new Set<number>();
  for (const { terms } of world.agreements) {
    for (const clause of terms.clauses) {
      const area = terms.areas.find((one) => one.name === clause.within);
      if (area && !areas.has(area.hash)) areas.set(area.hash, area);
      if (clause.obligations.position) resolutions.add(clause.obligations.position.h3);
    }
    const named = (name: string | undefined) => terms.areas.filter((one) => one.name === name);
    for (const area of (terms.scope?.areas ?? []).flatMap(named))
      if (!areas.has(area.hash)) areas.set(area.hash, area);
    for (const area of terms.never.flatMap((line) => named(line.release.area)))
      areas.set(area.hash, askedClear(area));
  }
  return { areas: [...areas.values()], resolutions: [...resolutions].sort((a, b) => a - b) };
}
