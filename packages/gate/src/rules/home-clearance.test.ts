import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReleaseFacts, SubjectFacts } from '../index.ts';
import { ALDER, alder, BIRCH, birch, caseOf, cedar, state, world } from '../testing/small-world.ts';
import { homeClearance } from './home-clearance.ts';

const permits = (reader: Partial<SubjectFacts>, item: Partial<ReleaseFacts> = {}, where = world()) =>
  homeClearance.permits({
    ...caseOf({
      world: where,
      item: { originators: [birch], policy: BIRCH, classification: 'SECRET', ...item },
      reader,
    }),
    originator: birch,
  });
const home = (level: string, ...compartments: string[]) => ({ home: { level, compartments } });

test('officers read what their own party originated with their own clearance', () => {
  assert.ok(permits(home('SECRET')));
  assert.ok(permits({ ...home('MOST SECRET'), grants: [] }));
  assert.ok(permits(home('SECRET'), { caveats: ['NOFORN'], state: 'embargoed' }));
  assert.ok(!permits(home('OFFICIAL')));
  assert.ok(!permits(home('UNHEARD OF')));
});

test('a role that does not read reads nothing', () => {
  assert.ok(permits({ roles: ['service'] }));
  assert.ok(!permits({ roles: ['authority'] }));
  assert.ok(!permits({ roles: [] }));
});

test('compartments count at home too', () => {
  const categories = [
    { tagSet: 'SAR', type: 'RESTRICTIVE' as const, values: ['MED', 'SEA'] },
    { tagSet: 'REG', type: 'PERMISSIVE' as const, values: ['N', 'S'] },
    { tagSet: 'INF', type: 'INFORMATIVE' as const, values: ['X'] },
  ];
  assert.ok(permits(home('SECRET', 'SAR:MED', 'SAR:SEA', 'REG:S'), { categories }));
  assert.ok(!permits(home('SECRET', 'SAR:MED', 'REG:S'), { categories }));
  assert.ok(!permits(home('SECRET', 'SAR:MED', 'SAR:SEA'), { categories }));
});

test('a level counts in its own policy: SECRET of one party is not SECRET of another', () => {
  // In ALDER, SECRET is below TOP SECRET; the reader's SECRET is BIRCH's.
  const foreign = { policy: ALDER, classification: 'SECRET', originators: [alder, birch] };
  assert.ok(permits(home('SECRET'), foreign), 'the table makes them equal');
  const unequal = state({
    equivalence: [
      new Map([
        [ALDER, 'SECRET'],
        [BIRCH, 'MOST SECRET'],
      ]),
    ],
  });
  assert.ok(!permits(home('SECRET'), foreign, world(unequal)));
  assert.ok(permits(home('MOST SECRET'), foreign, world(unequal)));
  assert.ok(!permits(home('SECRET'), foreign, world(state({}, { standing: 'suspended' }))));
  assert.ok(!permits(home('SECRET'), { ...foreign, classification: 'OPEN' }), 'no row says what OPEN is');
});

test('a party without agreements reads its own in its own policy', () => {
  const alone = { ...world(), agreements: [] };
  assert.ok(permits({ ...home('SECRET'), party: cedar }, {}, alone));
  assert.ok(!permits({ ...home('OFFICIAL'), party: cedar }, {}, alone));
});
