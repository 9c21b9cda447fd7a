import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cedarPolicies } from '@concord/agreement';
import { NOBODY, type PartyId, type PolicyId } from '@concord/label';
import type { ReleaseFacts } from '../index.ts';
import { never } from '../rules/never.ts';
import {
  ALDER,
  alder,
  BIRCH,
  birch,
  clause,
  grant,
  item,
  policies,
  reader,
  state,
  world,
} from '../testing/small-world.ts';
import { compareMatrix, SecondOpinion } from './index.ts';

test('a second opinion names form and basis', () => {
  const where = world(
    state({ clauses: [clause({ obligations: { position: { h3: 7 }, delay: 2, drop: ['raw'] } })] }),
  );
  assert.deepEqual(new SecondOpinion(where).on(item(), reader()), {
    obligations: { h3: 7, minutes: 10, drop: ['raw'] },
    basis: ['strait-watch/3/tracks'],
  });
});

test('whatever is missing or unknown is denied', () => {
  const opinion = new SecondOpinion(world());
  assert.ok(opinion.on(item(), reader()));
  const { policy: _policy, ...unlabelled } = item();
  const wrong: ReleaseFacts[] = [
    unlabelled as ReleaseFacts,
    item({ policy: 'NONE' as PolicyId }),
    item({ classification: 'UNHEARD OF' }),
    item({ classification: 7 as never }),
    item({ originators: [] }),
    item({ kind: 'chart' as 'report' }),
    item({ dataMode: 'real' as 'REAL' }),
    item({ state: '' as 'normal' }),
    item({ caveats: ['RELIDO'] }),
    item({ consents: undefined as never }),
    item({ categories: [{ tagSet: 'A', type: 'SECRETIVE' as 'PERMISSIVE', values: [] }] }),
    item({ categories: [{ tagSet: 'A', type: 'PERMISSIVE', values: [] }] }),
    item({ categories: [{ tagSet: 'A', type: 'PERMISSIVE', values: [NOBODY] }] }),
  ];
  const who = reader({ grants: [grant({ compartments: [`A:${NOBODY}`] })] });
  for (const one of wrong) assert.equal(opinion.on(one, who), undefined, JSON.stringify(one));
  assert.equal(opinion.on(item(), reader({ door: 'window' as 'api' })), undefined);
  assert.equal(opinion.on(item(), reader({ party: '' as PartyId })), undefined);
  assert.equal(opinion.on(item(), reader({ grants: [] })), undefined);
  assert.equal(new SecondOpinion({ ...world(), agreements: [] }).on(item(), reader()), undefined);
});

test('names that try to leave their quotes stay in them', () => {
  const level = 'A"); permit(principal,action,resource); //\\\n\u0007\u2028é\u0000';
  const nasty = [
    [ALDER, { id: ALDER, levels: ['OPEN', level] }],
    [BIRCH, { id: BIRCH, levels: ['OPEN', level] }],
  ] as const;
  const table = [
    new Map([
      [ALDER, level],
      [BIRCH, level],
    ]),
  ];
  const where = {
    ...world(
      state({ equivalence: table, clauses: [clause({ ceiling: level, purposes: [level] })], never: [] }),
    ),
    policies: new Map(nasty),
  };
  const opinion = new SecondOpinion(where);
  const who = reader({ grants: [grant({ level, purposes: [level] })] });
  assert.deepEqual(opinion.problems, []);
  assert.ok(opinion.on(item({ classification: level }), who));
  assert.equal(opinion.on(item({ classification: 'OPEN' }), who), undefined);
});

test('a clause may have any name without being taken for something else', () => {
  const names = ['never', 'home', 'third-parties', 'house', 'birch'];
  const clauses = names.map((id) => clause({ id }));
  const line = { release: { caveat: 'NOFORN' }, to: 'any-other-party', says: '' } as const;
  const terms = state({ clauses, never: [line, line] }).terms;
  const ids = cedarPolicies(policies, [terms]).map((one) => one.id);
  assert.equal(new Set(ids).size, ids.length);
});

test('a comparison of a matrix names every cell on which the two do not agree', () => {
  const where = world(state({ never: [{ release: { kind: 'report' }, to: birch, says: '' }] }));
  const items = [
    item(),
    item({ kind: 'report' }),
    item({ originators: [birch], policy: BIRCH, classification: 'SECRET' }),
  ];
  const readers = [reader(), reader({ party: alder })];
  assert.deepEqual(compareMatrix(where, items, readers), { disagreements: [], problems: [] });
  const { permits } = never;
  try {
    Object.assign(never, { permits: () => true });
    const { disagreements } = compareMatrix(where, items, readers);
    assert.deepEqual(
      disagreements.map((one) => [one.item, one.reader, one.rules?.basis, one.cedar]),
      [[1, 0, ['strait-watch/3/tracks'], undefined]],
    );
  } finally {
    Object.assign(never, { permits });
  }
});
