import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAgreement } from '@concord/agreement';
import type { ReleaseFacts, SubjectFacts, World } from '@concord/gate';
import type { AgreementId, PartyId, Policies, PolicyId } from '@concord/label';
import { secondOpinion } from './second-opinion.ts';

const policies: Policies = new Map(
  ['ELM', 'FIR'].map((id) => [id as PolicyId, { id: id as PolicyId, levels: ['OPEN', 'SECRET'] }]),
);
const { terms } = readAgreement(
  `agreement: harbour
version: 1
title: Harbour
parties:
  elm: { name: Elm, policy: ELM }
  fir: { name: Fir, policy: FIR }
authority: { name: Board, quorum: all }
inForce: { from: 2026-01-01, until: 2030-01-01 }
equivalence:
  - { elm: SECRET, fir: SECRET }
  - { elm: OPEN, fir: OPEN }
clauses:
  ships: { from: elm, to: fir, covers: [ais.position], ceiling: OPEN, purposes: [safety], obligations: { position: { h3: 7 } } }
never:
  - { release: { caveat: NOFORN } }
`,
  { file: () => undefined, policies },
);
assert.ok(terms);
const world: World = {
  epoch: 1,
  policies,
  agreements: [{ terms, standing: 'in-force', assurances: new Map() }],
};
const agreement = 'harbour' as AgreementId;
const item = (over: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  policy: 'ELM' as PolicyId,
  classification: 'OPEN',
  categories: [],
  caveats: [],
  purposes: [],
  dataMode: 'REAL',
  kind: 'ais.position',
  originators: ['elm' as PartyId],
  areas: [],
  consents: [],
  state: 'normal',
  ...over,
});
const reader = (over: Partial<SubjectFacts> = {}): SubjectFacts => ({
  party: 'fir' as PartyId,
  roles: ['officer'],
  home: { level: 'SECRET', compartments: [] },
  grants: [],
  purposes: [],
  door: 'live',
  ...over,
});
const items = [
  item(),
  item({ classification: 'SECRET' }),
  item({ caveats: ['NOFORN'] }),
  item({ state: 'recalled' }),
  item({ kind: 'report' }),
  item({ dataMode: 'TEST', purposes: ['safety'] }),
];
const ask = (some: readonly ReleaseFacts[], who: readonly SubjectFacts[]) =>
  secondOpinion({ items: () => some, readers: () => who })({ world, agreement });

test('where rules and Cedar agree on every cell there is no reason against it, and others had their turn', async () => {
  let turns = 0;
  const count = () => {
    turns++;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  assert.deepEqual(
    await ask(items, [reader(), reader({ door: 'api' }), reader({ party: 'elm' as PartyId })]),
    [],
  );
  clearImmediate(timer);
  // 6 items, each for a reader as it is and with a grant: 36 cells, a turn for others every four.
  assert.ok(turns >= 8, `${turns} turns`);
});

test('a class that Cedar cannot read is a reason not to activate', async () => {
  const strange = item({ kind: 'nothing.known' as ReleaseFacts['kind'] });
  const reasons = await ask([...items, strange], [reader()]);
  assert.ok(
    reasons.some((one) => one.startsWith('Cedar: ')),
    reasons.join('\n'),
  );
});

test('what concerns no party of the agreement is not asked', async () => {
  const strange = item({ kind: 'nothing.known' as ReleaseFacts['kind'], originators: ['oak' as PartyId] });
  assert.deepEqual(await ask([strange], [reader()]), []);
});
