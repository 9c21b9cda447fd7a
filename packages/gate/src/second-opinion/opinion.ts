import { type AssuranceStanding, cedarPolicies, type Survivor } from '@concord/agreement';
import { CATEGORY_TYPES, type PartyId } from '@concord/label';
import type { ReleaseFacts, SubjectFacts } from '../facts.ts';
import type { AgreementState, World } from '../world.ts';
import { Engine } from './engine.ts';
import { entities, entity, grantRounds, itemEntity, permissiveSets, readerEntity } from './entities.ts';
import { type JoinedObligations, joinNotes } from './notes.ts';

/** What Cedar says: released in this form, resting on these clauses (`agreement/version/clause`, `home/party`). */
export interface Opinion {
  readonly obligations: JoinedObligations;
  readonly basis: readonly string[];
}

type Found = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Circumstances in which an originator is asked, beyond those of the world. */
interface Circumstances {
  readonly joined?: number | undefined;
  readonly under?: readonly string[];
  readonly only?: string | undefined;
}

const versionOf = ({ terms }: AgreementState): string => `${terms.id}/${terms.version}`;
const standing = (world: World, ...wanted: AgreementState['standing'][]): string[] =>
  world.agreements.filter((one) => wanted.includes(one.standing)).map(versionOf);

/** Ended agreements of which something binds after the end. */
const surviving = (world: World, what: Survivor): string[] =>
  world.agreements
    .filter(({ standing: how, terms }) => how === 'ended' && terms.inForce.survives?.includes(what))
    .map(versionOf);

const assured = (world: World, wanted: AssuranceStanding): string[] =>
  world.agreements.flatMap((one) =>
    [...one.assurances].flatMap(([id, how]) => (how === wanted ? [`${versionOf(one)}/${id}`] : [])),
  );

/**
 * A second opinion on every verdict, by Cedar, from the same terms and facts and by none of our rules. Slow (half a
 * millisecond a question): for tests, and for comparing whole matrices before an agreement is activated.
 */
export class SecondOpinion {
  readonly #engine: Engine;
  readonly #world: World;
  readonly #circumstances: Record<string, string[]>;

  constructor(world: World) {
    this.#world = world;
    this.#engine = new Engine(
      cedarPolicies(
        world.policies,
        world.agreements.map((one) => one.terms),
      ),
    );
    this.#circumstances = {
      inForce: standing(world, 'in-force'),
      promises: [...standing(world, 'in-force', 'suspended'), ...surviving(world, 'never')],
      thirdRules: [...standing(world, 'in-force', 'suspended'), ...surviving(world, 'third-parties')],
      live: assured(world, 'live'),
      lapsed: assured(world, 'lapsed'),
      opened: world.agreements.flatMap((one) => (one.opened ?? []).map((id) => `${versionOf(one)}/${id}`)),
      suspected: world.agreements.filter((one) => one.suspicion).map(versionOf),
    };
  }

  /** Complaints of Cedar so far; every question that met with one was denied. */
  get problems(): readonly string[] {
    return this.#engine.problems;
  }

  /** Undefined is deny; so is whatever goes wrong. */
  on(item: ReleaseFacts, reader: SubjectFacts): Opinion | undefined {
    try {
      return this.#decide(item, reader);
    } catch (cause) {
      this.#engine.complain([`facts that cannot be put to Cedar: ${String(cause)}`]);
      return undefined;
    }
  }

  #decide(item: ReleaseFacts, reader: SubjectFacts): Opinion | undefined {
    const known = item.categories.every((one) => CATEGORY_TYPES.includes(one.type));
    if (item.originators.length === 0 || !known) return undefined;
    const clauses = new Map<PartyId, Found>();
    const thirds: PartyId[] = [];
    const home: PartyId[] = [];
    for (const originator of item.originators) {
      const direct = originator === reader.party || this.#leads(originator, reader.party);
      // A third party is asked at last, with what carries the item; what forbids it is found then.
      if (!direct) {
        thirds.push(originator);
        continue;
      }
      const found = this.#ask(item, reader, originator, {});
      if (found.size === 0) return undefined;
      if (originator === reader.party) home.push(originator);
      else clauses.set(originator, found);
    }
    const released = this.#together(item, reader, clauses, thirds);
    return (
      released && { ...released, basis: [...home.map((one) => `home/${one}`), ...released.basis].sort() }
    );
  }

  /** One form, one purpose, and consents beside a clause. */
  #together(
    item: ReleaseFacts,
    reader: SubjectFacts,
    clauses: ReadonlyMap<PartyId, Found>,
    thirds: readonly PartyId[],
  ): Opinion | undefined {
    const obligations = joinNotes(
      [...clauses.values()].flatMap((found) => [...found.values()].map((one) => one['obligations'])),
    );
    if (!obligations) return undefined;
    const joined = obligations.h3;
    const left = [...clauses].map(([originator, found]) => {
      if (joined === undefined) return [originator, found] as const;
      const again = this.#ask(item, reader, originator, { joined });
      return [originator, new Map([...found].filter(([id]) => again.has(id)))] as const;
    });
    if (left.some(([, found]) => found.size === 0)) return undefined;
    const purposes = [...new Set(reader.grants.flatMap((one) => one.purposes)), ''];
    const serves = (only: string) =>
      left.every(([originator]) => this.#ask(item, reader, originator, { joined, only }).size > 0);
    if (left.length > 1 && !purposes.some(serves)) return undefined;
    const under = left.flatMap(([, found]) =>
      [...found.values()].map((one) => `${one['agreement']}/${one['version']}`),
    );
    for (const third of thirds) if (this.#ask(item, reader, third, { under }).size === 0) return undefined;
    return { obligations, basis: left.flatMap(([, found]) => [...found.keys()]) };
  }

  #leads(from: PartyId, to: PartyId): boolean {
    return this.#world.agreements.some(({ terms }) =>
      terms.clauses.some((one) => one.from === from && one.to === to),
    );
  }

  /** The policies that let the item go, by one grant an agreement, for each of its permissive tag sets. */
  #ask(item: ReleaseFacts, reader: SubjectFacts, originator: PartyId, of: Circumstances): Found {
    const { joined, under, only } = of;
    const context = {
      ...this.#circumstances,
      originator: entity('Party', originator),
      others: entities(
        'Party',
        item.originators.filter((one) => one !== originator),
      ),
      door: entity('Door', reader.door),
      ...(joined !== undefined && { joined: { cell: joined, areas: areasAt(item, joined) } }),
      ...(under && { third: { under: [...under] } }),
    };
    const sets = permissiveSets(item);
    const resources = (sets.length > 0 ? sets : [[]]).map((one) => itemEntity(item, one));
    const all = new Map<string, Readonly<Record<string, string>>>();
    for (const grants of grantRounds(reader.grants)) {
      const principal = readerEntity(reader, grants, only);
      const [first, ...more] = resources.map((resource) =>
        this.#engine.permits({ principal, resource, context }),
      );
      for (const [id, notes] of first ?? []) if (more.every((one) => one.has(id))) all.set(id, notes);
    }
    return all;
  }
}

/** The areas within which the item's cell of a resolution lies whole. */
const areasAt = ({ areas }: ReleaseFacts, h3: number): string[] =>
  areas.flatMap((fact) => (fact.endsWith(`#${h3}`) ? [fact.slice(0, fact.indexOf('#'))] : []));
