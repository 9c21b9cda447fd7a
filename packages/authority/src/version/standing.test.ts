import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OfficerId } from '@concord/label';
import fc from 'fast-check';
import { currentVersion, type Placed, standingOf, startOf } from './standing.ts';
import { DRAFT, type VersionState } from './state.ts';

const by = 'chair@board' as OfficerId;
const placed = (version: number, from: number, more: Partial<VersionState> = {}): Placed => ({
  terms: { version, inForce: { from, until: 1000 } },
  state: { ...DRAFT, phase: 'active', activated: { by, at: 10 }, ...more },
});

test('the old version ends in the very instant in which the new one begins', () => {
  const [old, young] = [placed(1, 0), placed(2, 100)];
  assert.equal(currentVersion([old, young], 99), old);
  assert.equal(currentVersion([old, young], 100), young);
});

test('at every instant at most one version speaks, and an older one never comes back', () => {
  const versions = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(200)), {
    selector: ([n]) => n,
    minLength: 1,
  });
  fc.assert(
    fc.property(versions, fc.nat(300), fc.nat(300), (list, a, b) => {
      const some = list.map(([n, from]) => placed(n, from));
      const [early, late] = [currentVersion(some, Math.min(a, b)), currentVersion(some, Math.max(a, b))];
      assert.ok(early && late);
      if ((startOf(early) ?? 0) <= Math.min(a, b)) assert.ok(late.terms.version >= early.terms.version);
    }),
  );
});

test('a version that has ended speaks on: nothing older takes its place', () => {
  const ended = placed(2, 20, { phase: 'terminated' });
  assert.equal(currentVersion([placed(1, 0), ended], 500), ended);
  assert.equal(standingOf(ended, 500), 'ended');
});

test('in force from its activation or its first instant, whichever is later, up to its last or the notice', () => {
  assert.equal(standingOf(placed(1, 50), 49), 'not-yet');
  assert.equal(standingOf(placed(1, 50), 50), 'in-force');
  assert.equal(standingOf(placed(1, 0), 999), 'in-force');
  assert.equal(standingOf(placed(1, 0), 1000), 'ended');
  const notice = { by, at: 20, reason: 'why', effective: 300 };
  assert.equal(standingOf(placed(1, 0, { notice }), 299), 'in-force');
  assert.equal(standingOf(placed(1, 0, { notice }), 300), 'ended');
  const suspended = { by, at: 20, reason: 'why' };
  assert.equal(standingOf(placed(1, 0, { suspended }), 30), 'suspended');
  assert.equal(standingOf(placed(1, 0, { suspended, notice }), 300), 'ended');
});
