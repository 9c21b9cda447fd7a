import {
  type Area,
  type Assurance,
  type Clause,
  type DelayRung,
  DOORS,
  type Never,
  type NeverSubject,
  type Obligations,
  type Terms,
} from '@concord/agreement';
import {
  type AgreementId,
  CATEGORY_TYPES,
  type Category,
  DATA_MODES,
  type ItemKind,
  NOBODY,
  type PartyId,
  type Policies,
  type PolicyId,
} from '@concord/label';
import type {
  AgreementStanding,
  AgreementState,
  AssuranceStanding,
  GrantFacts,
  ReleaseFacts,
  SubjectFacts,
  World,
} from '../index.ts';
import { Random } from './random.ts';
import { corridor } from './small-world.ts';

/** A world, items and readers in which everything may happen that agreements, labels and grants can say. */
export interface RandomWorld {
  readonly world: World;
  readonly items: readonly ReleaseFacts[];
  readonly readers: readonly SubjectFacts[];
}

const policyOf = new Map(
  Object.entries({ alder: 'ALDER', birch: 'BIRCH', cedar: 'CEDAR', dogwood: 'BIRCH' }) as [
    PartyId,
    PolicyId,
  ][],
);
const parties = [...policyOf.keys()];
/** Names that recur in another order: whoever compares them across policies goes wrong. */
const policies: Policies = new Map(
  Object.entries({
    ALDER: ['OPEN', 'RESTRICTED', 'SECRET', 'TOP SECRET'],
    BIRCH: ['OFFICIAL', 'SECRET', 'MOST SECRET'],
    CEDAR: ['SECRET', 'OPEN', 'OFFICIAL'],
  }).map(([id, levels]) => [id as PolicyId, { id: id as PolicyId, levels }]),
);
const kinds: readonly ItemKind[] = ['ais.position', 'gnss.position', 'ais.static', 'report'];
const purposes = ['rescue', 'safety', 'fishery'];
const states = ['AA', 'BB', 'CC'];
const resolutions = [3, 5, 7];
const areas: readonly Area[] = [corridor, { ...corridor, name: 'basin', hash: 'ba51'.repeat(8) }];
const agreementIds = ['pact', 'treaty', 'accord'] as AgreementId[];
const levelsOf = (policy: PolicyId): readonly string[] => policies.get(policy)?.levels ?? [];

function equivalence(r: Random, ids: readonly PolicyId[]): Terms['equivalence'] {
  const rows = r.int(2, 3);
  // From the highest row down; a policy may be missing from a row, but keeps its order.
  const next = new Map(ids.map((id) => [id, levelsOf(id).length - 1]));
  return Array.from({ length: rows }, () => {
    const row = new Map<PolicyId, string>();
    for (const id of ids) {
      const at = next.get(id)! - (r.chance(0.15) ? 1 : 0);
      next.set(id, at - 1);
      if (at >= 0 && r.chance(0.95)) row.set(id, levelsOf(id)[at]!);
    }
    return row;
  });
}

const obligations = (r: Random): Obligations => ({
  ...r.maybe(0.3, 'position', () => ({ h3: r.pick(resolutions) })),
  ...r.maybe(0.3, 'delay', () => r.int(1, 5) as DelayRung),
  ...r.maybe(0.3, 'drop', () => r.few(['raw', 'speed', 'shipName', ...(r.chance(0.1) ? ['mmsi'] : [])], 2)),
});

function clause(r: Random, i: number, members: readonly PartyId[]): Clause {
  const from = r.pick(members);
  const to = r.pick(members.filter((one) => one !== from));
  return {
    id: `c${i}`,
    from,
    to,
    covers: r.few(kinds, 3),
    ceiling: r.chance(0.02)
      ? 'UNHEARD OF'
      : r.pick(
          levelsOf(policyOf.get(from)!)
            .slice(1 - r.int(0, 1))
            .slice(-2),
        ),
    ...r.maybe(0.4, 'within', () => (r.chance(0.03) ? 'nowhere' : r.pick(areas).name)),
    purposes: r.chance(0.3) ? r.few(purposes, 2) : [],
    ...r.maybe(0.15, 'dataModes', () => r.few(DATA_MODES, 3)),
    obligations: obligations(r),
    ...r.maybe(0.1, 'embargo', () => 1),
  };
}

function never(r: Random, members: readonly PartyId[]): Never {
  const parts: readonly (() => NeverSubject)[] = [
    () => ({ caveat: r.pick(['NOFORN', 'ORCON']) }),
    () => ({ above: r.pick(['SECRET', 'OFFICIAL', 'TOP SECRET']) }),
    () => ({ kind: r.pick(kinds) }),
    () => ({ originator: r.pick(members) }),
    () => ({ dataMode: r.pick(DATA_MODES) }),
    () => ({ area: r.chance(0.03) ? 'nowhere' : r.pick(areas).name }),
  ];
  const release: NeverSubject = Object.assign({}, ...r.few(parts, 2).map((make) => make()));
  return {
    release,
    to: r.chance(0.5) ? 'any-other-party' : r.pick(members),
    ...r.maybe(0.5, 'by', () => r.pick(DOORS)),
    says: 'never',
  };
}

/** Terms that most agreements do without. */
function further(r: Random, members: readonly PartyId[], clauses: readonly Clause[]): Partial<Terms> {
  const level = (party: PartyId) => r.pick(levelsOf(policyOf.get(party)!));
  const ids = [...new Set(members.map((one) => policyOf.get(one)!))];
  return {
    ...r.maybe(0.1, 'oneWay', () => [{ row: r.int(0, 1), from: ids[0]!, to: ids.at(-1)! }]),
    ...r.maybe(0.3, 'missingLevels', () => 'next-higher' as const),
    ...r.maybe(0.2, 'scope', () => ({
      ceilings: r.some(members, 0.4).map((party) => ({ party, level: level(party) })),
      ...r.maybe(0.4, 'categories', () => r.few(tagSets, 2)),
      ...r.maybe(0.3, 'areas', () => r.few(areas, 2).map((one) => one.name)),
      ...r.maybe(0.3, 'dataModes', () => r.few(DATA_MODES, 3)),
    })),
    ...r.maybe(0.25, 'access', () =>
      r.some(members, 0.6).map((party) => ({
        party,
        ...r.maybe(0.4, 'minimum', () => level(party)),
        ...r.maybe(0.4, 'confirmation', () => 1),
        ...r.maybe(0.4, 'nationals', () => r.few(states, 2)),
      })),
    ),
    ...r.maybe(0.4, 'consents', () =>
      r.times(1, 3, () => ({
        reference: 'note',
        originator: r.pick(parties),
        to: r.pick(members),
        kinds: r.few(kinds, 3),
      })),
    ),
    ...r.maybe(0.3, 'incidents', () => ({ notify: 1, suspend: r.few(clauses, 2).map((one) => one.id) })),
  };
}

function agreement(r: Random, id: AgreementId, version: number): AgreementState {
  const members = r.chance(0.5) ? r.few(parties, 4) : parties.slice(0, 2);
  if (members.length < 2) members.push(r.pick(parties.filter((one) => !members.includes(one))));
  const clauses = r.times(1, 4, (i) => clause(r, i, members));
  const assurances = r.chance(0.4)
    ? r.times(1, 2, (i): Assurance => {
        const [by, to] = [members[0]!, members[1]!];
        const some = () => r.few(clauses, 2).map((one) => one.id);
        return {
          id: `a${i}`,
          by,
          to,
          text: 'Yes.',
          suspends: some(),
          ...r.maybe(0.3, 'lapseSuspends', some),
        };
      })
    : [];
  const live = assurances.flatMap(({ id: name }) =>
    r.chance(0.95)
      ? [[name, r.pick<AssuranceStanding>(['live', 'live', 'live', 'live', 'lapsed', 'breached'])] as const]
      : [],
  );
  return {
    terms: {
      id,
      version,
      title: 'A pact',
      parties: members.map((one) => ({ id: one, name: one, policy: policyOf.get(one)! })),
      authority: { name: 'All', quorum: 'all' },
      inForce: {
        from: 0,
        until: 1,
        ...r.maybe(0.4, 'survives', () => r.few(['never', 'third-parties', 'recall'] as const, 2)),
      },
      equivalence: equivalence(r, [...new Set(members.map((one) => policyOf.get(one)!))]),
      areas,
      assurances,
      clauses,
      never: r.chance(0.25) ? r.times(1, 2, () => never(r, members)) : [],
      thirdParties: r.chance(0.6) ? 'originator-consent' : 'never',
      ...further(r, members, clauses),
    },
    opened: clauses.flatMap(({ id: name }) => (r.chance(0.7) ? [name] : [])),
    suspicion: r.chance(0.1),
    standing: r.chance(0.85) ? 'in-force' : r.pick<AgreementStanding>(['suspended', 'ended', 'not-yet']),
    assurances: new Map(live),
  };
}

const tagSets = ['SAR', 'REG', 'NET'];
const values = ['A', 'B'];

const category = (r: Random, tagSet: string): Category => ({
  tagSet,
  type: r.chance(0.01) ? ('SECRETIVE' as Category['type']) : r.pick(CATEGORY_TYPES),
  values: r.chance(0.05) ? [NOBODY] : r.few(values, 2),
});

/** Where it lies: in each area not at all, as a point, or with its cells from some resolution on. */
const placed = (r: Random): string[] =>
  areas
    .flatMap(({ hash }) => {
      if (r.chance(0.2)) return r.chance(0.7) ? [`${hash}!`] : [];
      const from = r.int(0, resolutions.length);
      return [hash, ...resolutions.slice(from).map((h3) => `${hash}#${h3}`)];
    })
    .sort();

function item(r: Random, paths: readonly Clause[]): ReleaseFacts {
  // Mostly something that some clause is about, or nothing would ever be released.
  const about = r.chance(0.85) ? r.pick(paths) : undefined;
  const first = about?.from ?? r.pick(parties);
  const originators = new Set([first, ...(r.chance(0.4) ? r.few(parties, 2) : [])]);
  const policy = r.chance(0.92) ? policyOf.get(first)! : r.pick([...policies.keys(), 'NONE' as PolicyId]);
  return {
    policy,
    classification: r.chance(0.02) ? 'UNHEARD OF' : (levelsOf(policy)[r.int(0, 2)] ?? 'NONE'),
    categories: r.some(tagSets, 0.15).map((tagSet) => category(r, tagSet)),
    caveats: r.chance(0.1) ? r.few(['NOFORN', 'ORCON', 'ORCON', 'RELIDO'], 2) : [],
    ...r.maybe(0.1, 'releasableTo', () => r.some(parties, 0.7)),
    purposes: r.chance(0.2) ? r.few([...purposes, NOBODY], 2) : [],
    dataMode: r.pick(DATA_MODES),
    kind: about ? r.pick(about.covers) : r.chance(0.05) ? ('chart' as ItemKind) : r.pick(kinds),
    originators: r.chance(0.01) ? [] : [...originators].sort(),
    areas: placed(r),
    consents: r.some(parties, 0.6),
    state: r.chance(0.95) ? 'normal' : r.pick(['embargoed', 'recalled']),
  };
}

function grant(r: Random, agreement: AgreementId, policy: PolicyId): GrantFacts {
  return {
    agreement,
    level: r.chance(0.03) ? 'UNHEARD OF' : (levelsOf(policy)[r.chance(0.7) ? 2 : r.int(0, 2)] ?? ''),
    compartments: r.some(
      tagSets.flatMap((tagSet) => [...values, NOBODY].map((value) => `${tagSet}:${value}`)),
      0.7,
    ),
    purposes: r.some([...purposes, NOBODY], 0.7),
    ...r.maybe(0.7, 'confirmed', () => true as const),
  };
}

function reader(r: Random, paths: readonly Clause[]): SubjectFacts {
  const party = r.chance(0.9) ? r.pick(paths).to : r.pick([...parties, 'elder' as PartyId]);
  const policy = policyOf.get(party) ?? ('BIRCH' as PolicyId);
  const grants = agreementIds.flatMap((id) =>
    r.chance(0.9) ? r.times(1, r.chance(0.15) ? 2 : 1, () => grant(r, id, policy)) : [],
  );
  const home = grant(r, agreementIds[0]!, policy);
  return {
    party,
    roles: r.chance(0.9) ? ['officer'] : r.some(['authority', 'engineer', 'service'] as const),
    ...r.maybe(0.8, 'nationality', () => r.pick(states)),
    home: { level: home.level, compartments: home.compartments },
    grants,
    purposes: r.chance(0.3) ? r.few(purposes, 2) : [],
    door: r.chance(0.02) ? ('window' as 'api') : r.pick(DOORS),
  };
}

/** The same seed makes the same world. */
export function randomWorld(seed: number, items: number, readers: number): RandomWorld {
  const r = new Random(seed);
  const agreements = agreementIds
    .slice(0, r.int(1, 3))
    .flatMap((id) => (r.chance(0.05) ? [agreement(r, id, 1), agreement(r, id, 2)] : [agreement(r, id, 1)]));
  const clauses = agreements.flatMap(({ terms }) => terms.clauses);
  // Some clauses are in the middle of things, so that items and readers meet on them.
  const paths = [...clauses, ...Array<Clause>(2 * clauses.length).fill(r.pick(clauses))];
  return {
    world: { epoch: seed, policies, agreements },
    items: Array.from({ length: items }, () => item(r, paths)),
    readers: Array.from({ length: readers }, () => reader(r, paths)),
  };
}
