import { type Area, type Clause, readArea, type Terms } from '@concord/agreement';
import type { AgreementId, PartyId, Policies, PolicyId } from '@concord/label';
import type { AgreementState, GrantFacts, ReleaseFacts, SubjectFacts, World } from '../index.ts';
import type { ClauseCase } from '../rule.ts';

/**
 * A small world in which everything is permitted, so that each test spoils one thing in it: alder and birch share
 * under `strait-watch`, cedar stands outside.
 */
export const [alder, birch, cedar] = ['alder', 'birch', 'cedar'] as PartyId[] as [PartyId, PartyId, PartyId];
export const [ALDER, BIRCH, CEDAR] = ['ALDER', 'BIRCH', 'CEDAR'] as PolicyId[] as [
  PolicyId,
  PolicyId,
  PolicyId,
];
export const straitWatch = 'strait-watch' as AgreementId;

export const policies: Policies = new Map([
  [ALDER, { id: ALDER, levels: ['OPEN', 'RESTRICTED', 'SECRET', 'TOP SECRET'] }],
  [BIRCH, { id: BIRCH, levels: ['OFFICIAL', 'SECRET', 'MOST SECRET'] }],
  [CEDAR, { id: CEDAR, levels: ['SECRET', 'OPEN'] }],
]);

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const read = readArea('corridor', JSON.stringify({ type: 'Polygon', coordinates: [square(55, 25, 2)] }));
if ('problem' in read) throw new Error(read.problem);
export const corridor: Area = read;

export const clause = (over: Partial<Clause> = {}): Clause => ({
  id: 'tracks',
  from: alder,
  to: birch,
  covers: ['ais.position', 'report'],
  ceiling: 'SECRET',
  purposes: [],
  obligations: {},
  ...over,
});

const terms = (over: Partial<Terms> = {}): Terms => ({
  id: straitWatch,
  version: 3,
  title: 'Strait Watch',
  parties: [
    { id: alder, name: 'Alder', policy: ALDER },
    { id: birch, name: 'Birch', policy: BIRCH },
  ],
  authority: { name: 'Commission', quorum: 'all' },
  inForce: { from: 0, until: 1 },
  equivalence: [
    new Map([
      [ALDER, 'TOP SECRET'],
      [BIRCH, 'MOST SECRET'],
    ]),
    new Map([
      [ALDER, 'SECRET'],
      [BIRCH, 'SECRET'],
    ]),
    new Map([
      [ALDER, 'RESTRICTED'],
      [BIRCH, 'OFFICIAL'],
    ]),
  ],
  areas: [corridor],
  assurances: [],
  clauses: [clause()],
  never: [],
  thirdParties: 'never',
  ...over,
});

export const state = (over: Partial<Terms> = {}, more: Partial<AgreementState> = {}): AgreementState => ({
  terms: terms(over),
  standing: 'in-force',
  assurances: new Map(),
  ...more,
});

export const world = (...agreements: AgreementState[]): World => ({
  epoch: 1,
  policies,
  agreements: agreements.length > 0 ? agreements : [state()],
});

export const item = (over: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  policy: ALDER,
  classification: 'RESTRICTED',
  categories: [],
  caveats: [],
  purposes: [],
  dataMode: 'REAL',
  kind: 'ais.position',
  originators: [alder],
  areas: [],
  consents: [],
  state: 'normal',
  ...over,
});

export const grant = (over: Partial<GrantFacts> = {}): GrantFacts => ({
  agreement: straitWatch,
  level: 'SECRET',
  compartments: [],
  purposes: [],
  ...over,
});

export const reader = (over: Partial<SubjectFacts> = {}): SubjectFacts => ({
  party: birch,
  roles: ['officer'],
  home: { level: 'MOST SECRET', compartments: [] },
  grants: [grant()],
  purposes: [],
  door: 'api',
  ...over,
});

/** A case for a rule, under the first clause of the first agreement. */
export function caseOf(
  over: { world?: World; item?: Partial<ReleaseFacts>; reader?: Partial<SubjectFacts>; cell?: number } = {},
): ClauseCase {
  const where = over.world ?? world();
  const agreement = where.agreements[0] ?? state();
  const first = agreement.terms.clauses[0]!;
  const who = reader(over.reader);
  return {
    world: where,
    item: item(over.item),
    reader: who,
    originator: first.from,
    agreement,
    grant: who.grants.find((one) => one.agreement === agreement.terms.id),
    clause: first,
    cell: over.cell ?? first.obligations.position?.h3,
  };
}
