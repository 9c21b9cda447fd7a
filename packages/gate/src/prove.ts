import { CAVEATS, DATA_MODES, ITEM_KINDS, type PartyId } from '@concord/label';
import { areaFact, clearFact } from './classify.ts';
import { decide, type Permit } from './decide.ts';
import type { ReleaseFacts, SubjectFacts } from './facts.ts';
import { forbids } from './rules/never.ts';
import { story } from './story.ts';
import { areaQuestions, type Prohibition, pathsBetween, type World } from './world.ts';

/** What is known of a `never` line, whatever time and events bring. */
export interface Guarantee {
  readonly agreement: string;
  readonly version: number;
  /** Its place among the lines of its agreement, from 1. */
  readonly line: number;
  readonly says: string;
  /**
   * `by-clauses`: no clause of any agreement would release what the line forbids. `by-line`: some clause would, and
   * only `never` stops it. `fails`: it is released all the same; such a world is not to be activated.
   */
  readonly held: 'by-clauses' | 'by-line' | 'fails';
  /** How many pairs of release class and subject class the line forbids, among those that were decided. */
  readonly classes: number;
  /** A release that the line stops, or fails to stop. */
  readonly story?: string;
  readonly permits?: readonly Permit[];
}

/** The same world where all that may rest or wait stands open: what no clause permits here none ever permits. */
function atItsWidest(world: World): World {
  const agreements = world.agreements.map((one) => ({
    ...one,
    standing: 'in-force' as const,
    assurances: new Map(one.terms.assurances.map(({ id }) => [id, 'live' as const])),
    opened: one.terms.clauses.map(({ id }) => id),
    suspicion: false,
  }));
  return { ...world, agreements };
}

const withoutLines = (world: World): World => ({
  ...world,
  agreements: world.agreements.map((one) => ({ ...one, terms: { ...one.terms, never: [] } })),
});

/**
 * Proves every `never` line over the finite lattice of classes (docs/agreement.md, "Guarantees", says why this is
 * exact) or gives a counter-example. Pure; lines are judged each by itself.
 */
export function proveGuarantees(world: World): Guarantee[] {
  const widest = atItsWidest(world);
  const clausesAlone = withoutLines(widest);
  return widest.agreements.flatMap((agreement) =>
    agreement.terms.never.map((line, i): Guarantee => {
      const { id, version } = agreement.terms;
      const head = { agreement: id, version, line: i + 1, says: line.says };
      return { ...head, ...judge(widest, clausesAlone, { agreement, line }) };
    }),
  );
}

interface Case {
  readonly item: ReleaseFacts;
  readonly reader: SubjectFacts;
}

function judge(
  world: World,
  clausesAlone: World,
  prohibition: Prohibition,
): Pick<Guarantee, 'held' | 'classes' | 'story' | 'permits'> {
  let classes = 0;
  let stopped: Guarantee['permits'];
  let told: string | undefined;
  for (const { item, reader } of casesOf(world)) {
    if (!concerned(world, prohibition, item, reader)) continue;
    classes++;
    const leak = decide(world, item, reader);
    if (leak)
      return { held: 'fails', classes, story: story(item, reader, leak.permits), permits: leak.permits };
    const release = stopped ? undefined : decide(clausesAlone, item, reader);
    if (!release) continue;
    stopped = release.permits;
    told = story(item, reader, release.permits);
  }
  return stopped && told !== undefined
    ? { held: 'by-line', classes, story: told, permits: stopped }
    : { held: 'by-clauses', classes };
}

/** The line forbids it for some originator that its agreement binds. */
function concerned(world: World, one: Prohibition, item: ReleaseFacts, reader: SubjectFacts): boolean {
  return item.originators.some(
    (originator) =>
      originator !== reader.party &&
      one.agreement.terms.parties.some(({ id }) => id === originator) &&
      forbids({ world, item, reader, originator }, one),
  );
}

/**
 * The cases that stand for all others. Readers have every clearance, compartment, purpose and nationality that counts,
 * for more of these never denies; items carry what only ever denies (categories, purposes, named readers) not at all.
 * What can go both ways, and what lines speak of, is enumerated.
 */
function* casesOf(world: World): Generator<Case> {
  const parties = [...new Set(world.agreements.flatMap(({ terms }) => terms.parties.map((one) => one.id)))];
  const places = placesOf(world);
  const levels = [...world.policies.values()].flatMap(({ id, levels }) =>
    levels.map((classification) => ({ policy: id, classification })),
  );
  for (const party of parties) {
    const readers = readersOf(world, party);
    const sources = parties.filter((from) => pathsBetween(world, from, party).length > 0);
    for (const originators of originatorSets(parties, sources, party))
      for (const kind of kindsTo(world, sources, party))
        for (const level of levels)
          for (const caveats of [[], ...CAVEATS.map((one) => [one])])
            for (const dataMode of DATA_MODES)
              for (const areas of places) {
                const item: ReleaseFacts = {
                  ...level,
                  categories: [],
                  caveats,
                  purposes: [],
                  dataMode,
                  kind,
                  originators,
                  areas,
                  consents: [party],
                  state: 'normal',
                };
                for (const reader of readers) yield { item, reader };
              }
  }
}

/** Kinds that some clause to the party covers or some line names, and one for all others, which none releases. */
function kindsTo(world: World, sources: readonly PartyId[], party: PartyId): ReleaseFacts['kind'][] {
  const covered = new Set(
    sources.flatMap((from) =>
      pathsBetween(world, from, party).flatMap(({ clauses }) => clauses.flatMap((one) => one.covers)),
    ),
  );
  for (const { terms } of world.agreements)
    for (const { release } of terms.never) if (release.kind) covered.add(release.kind);
  const other = ITEM_KINDS.find((one) => !covered.has(one));
  return [...covered, ...(other ? [other] : [])];
}

/** One originator alone, or with one that has a clause: a further one only adds conditions. */
function originatorSets(parties: readonly PartyId[], sources: readonly PartyId[], to: PartyId): PartyId[][] {
  const foreign = parties.filter((one) => one !== to);
  const pairs = foreign.flatMap((one) =>
    sources.filter((with_) => with_ !== one && with_ !== to).map((with_) => [one, with_].sort()),
  );
  return [...foreign.map((one) => [one]), ...new Map(pairs.map((one) => [one.join(' '), one])).values()];
}

/** Where an item may lie, as far as lines ask: in all areas, or clear of one or more that a line names. */
function placesOf(world: World): string[][] {
  const { areas, resolutions } = areaQuestions(world);
  const inside = (clear: ReadonlySet<string>) =>
    areas
      .flatMap((area) =>
        clear.has(area.hash)
          ? [clearFact(area)]
          : [undefined, ...resolutions].map((h3) => areaFact(area, h3)),
      )
      .sort();
  const asked = areas.filter((one) => one.clear).map((one) => one.hash);
  return [new Set<string>(), ...asked.map((one) => new Set([one])), new Set(asked)]
    .map(inside)
    .filter((one, i, all) => all.findIndex((other) => other.join() === one.join()) === i);
}

/** The best cleared reader of a party, at each door: at a nationality each where agreements ask for them. */
function readersOf(world: World, party: PartyId): SubjectFacts[] {
  const purposes = [
    ...new Set(world.agreements.flatMap(({ terms }) => terms.clauses.flatMap((one) => one.purposes))),
  ];
  const top = (policy: string | undefined) =>
    [...world.policies.values()].find((one) => one.id === policy)?.levels.at(-1) ?? '';
  const policyIn = (i: number) => world.agreements[i]?.terms.parties.find((one) => one.id === party)?.policy;
  const grants = world.agreements.map(({ terms }, i) => ({
    agreement: terms.id,
    level: top(policyIn(i)),
    compartments: [],
    purposes: purposes.length > 0 ? purposes : ['any'],
    confirmed: true as const,
  }));
  const states = world.agreements.flatMap(({ terms }) =>
    (terms.access ?? []).flatMap((one) => (one.party === party ? (one.nationals ?? []) : [])),
  );
  const nationalities: (string | undefined)[] = states.length > 0 ? [...new Set(states)] : [undefined];
  return nationalities.flatMap((nationality) =>
    (['api', 'live', 'file'] as const).map((door) => ({
      party,
      roles: ['officer' as const],
      ...(nationality !== undefined && { nationality }),
      home: { level: '', compartments: [] },
      grants,
      purposes: [],
      door,
    })),
  );
}
