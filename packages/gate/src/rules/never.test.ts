import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Never } from '@concord/agreement';
import type { AgreementId } from '@concord/label';
import type { ReleaseFacts, SubjectFacts } from '../index.ts';
import {
  alder,
  BIRCH,
  birch,
  CEDAR,
  caseOf,
  cedar,
  clause,
  corridor,
  state,
  world,
} from '../testing/small-world.ts';
import { never } from './never.ts';

const line = (release: Never['release'], over: Partial<Never> = {}): Never => ({
  release,
  to: 'any-other-party',
  says: 'never do that',
  ...over,
});
const permits = (one: Never, over: { item?: Partial<ReleaseFacts>; reader?: Partial<SubjectFacts> } = {}) =>
  never.permits(caseOf({ world: world(state({ never: [one] })), ...over }));

test('a line about a caveat, a kind, an originator or a data mode forbids just that', () => {
  assert.ok(!permits(line({ caveat: 'ORCON' }), { item: { caveats: ['ORCON'] } }));
  assert.ok(permits(line({ caveat: 'ORCON' })));
  assert.ok(!permits(line({ kind: 'ais.position' })));
  assert.ok(permits(line({ kind: 'report' })));
  assert.ok(!permits(line({ originator: alder })));
  assert.ok(permits(line({ originator: birch })));
  assert.ok(!permits(line({ dataMode: 'REAL' })));
  assert.ok(permits(line({ dataMode: 'TEST' })));
});

test('a line about a level forbids all above it, and what no such level can be compared with', () => {
  const above = line({ above: 'SECRET' });
  assert.ok(permits(above, { item: { classification: 'SECRET' } }));
  assert.ok(!permits(above, { item: { classification: 'TOP SECRET' } }));
  assert.ok(!permits(above, { item: { policy: BIRCH, classification: 'MOST SECRET' } }));
  assert.ok(!permits(line({ above: 'OFFICIAL' })));
  assert.ok(!permits(line({ above: 'RESTRICTED' }), { item: { policy: CEDAR, classification: 'OPEN' } }));
});

test('a line about a party or a door forbids only there', () => {
  const report = { kind: 'ais.position' } as const;
  assert.ok(permits(line(report, { to: cedar })));
  assert.ok(!permits(line(report, { to: birch })));
  assert.ok(permits(line(report, { by: 'live' })));
  assert.ok(!permits(line(report, { by: 'live' }), { reader: { door: 'live' } }));
});

test('a line binds its parties whatever the agreement of the clause, and while its own is suspended', () => {
  const other = { id: 'old-promise' as AgreementId, clauses: [], never: [line({ kind: 'ais.position' })] };
  const under = (promise: ReturnType<typeof state>) => caseOf({ world: world(state(), promise) });
  assert.ok(!never.permits(under(state(other))));
  assert.equal(never.source?.(under(state(other))), 'old-promise');
  assert.equal(never.says(under(state(other))), 'never do that');
  assert.ok(!never.permits(under(state(other, { standing: 'suspended' }))));
  assert.ok(never.permits(under(state(other, { standing: 'ended' }))));
  assert.ok(never.permits(under(state(other, { standing: 'not-yet' }))));
  const strangers = { ...other, parties: [{ id: cedar, name: 'Cedar', policy: CEDAR }] };
  assert.ok(never.permits(under(state(strangers))));
});

test('a promise between two reaches every other party', () => {
  const c = caseOf({
    world: world(
      state({ id: 'to-cedar' as AgreementId, clauses: [clause({ to: cedar })] }),
      state({ never: [line({ kind: 'ais.position' })] }),
    ),
    reader: { party: cedar },
  });
  assert.ok(!never.permits(c));
});

test('what a line names holds all together', () => {
  const both = line({ kind: 'ais.position', dataMode: 'TEST' });
  assert.ok(permits(both));
  assert.ok(!permits(both, { item: { dataMode: 'TEST' } }));
  assert.ok(permits(both, { item: { dataMode: 'TEST', kind: 'report' } }));
});

test('a line about an area forbids all that is not known to lie clear of it', () => {
  const there = line({ area: 'corridor' });
  assert.ok(!permits(there));
  assert.ok(!permits(there, { item: { areas: [corridor.hash] } }));
  assert.ok(permits(there, { item: { areas: [`${corridor.hash}!`] } }));
  assert.ok(!permits(line({ area: 'nowhere' }), { item: { areas: [`${corridor.hash}!`] } }));
});

test('a line binds after the end where the agreement says that it survives', () => {
  const ended = (survives: 'never' | 'recall') =>
    state(
      { never: [line({ kind: 'ais.position' })], inForce: { from: 0, until: 1, survives: [survives] } },
      { standing: 'ended' },
    );
  assert.ok(!never.permits(caseOf({ world: world(ended('never')) })));
  assert.ok(never.permits(caseOf({ world: world(ended('recall')) })));
});
