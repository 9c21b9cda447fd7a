import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { confirmedUntil, endOf, type Recorded, standingAt, type Terms, type Validity } from './index.ts';
import { EXAMPLE, read } from './testing/example.ts';

const day = 86_400_000;
const example = read(EXAMPLE).terms!;
const quiet: Recorded = {
  suspended: false,
  confirmed: new Map([['no-targeting', 0]]),
  breached: [],
  notices: [],
  suspicion: false,
};
const terms: Terms = {
  ...example,
  inForce: { from: 10 * day, until: 100 * day },
  clauses: example.clauses.map((one, i) => (i === 0 ? { ...one, embargo: 20 * day } : one)),
  assurances: example.assurances.map((one) =>
    one.id === 'own-use' ? { ...one, signed: 12 * day, validUntil: 50 * day } : one,
  ),
  access: [{ party: example.parties[1]!.id, confirmation: 7 * day }],
};

test('an agreement begins, is suspended and ends by the clock', () => {
  const at = (now: number, more: Partial<Recorded> = {}) =>
    standingAt(terms, { ...quiet, ...more }, now).standing;
  assert.equal(at(10 * day - 1), 'not-yet');
  assert.equal(at(10 * day), 'in-force');
  assert.equal(at(10 * day, { suspended: true }), 'suspended');
  assert.equal(at(100 * day, { suspended: true }), 'ended');
});

test('an assurance lives from its signature to its end, while it is confirmed and not breached', () => {
  const at = (name: string, now: number, more: Partial<Recorded> = {}) =>
    standingAt(terms, { ...quiet, ...more }, now).assurances.get(name);
  assert.equal(at('own-use', 12 * day - 1), 'lapsed');
  assert.equal(at('own-use', 12 * day), 'live');
  assert.equal(at('own-use', 50 * day), 'lapsed');
  assert.equal(at('own-use', 12 * day, { breached: ['own-use'] }), 'breached');
  assert.equal(at('no-targeting', 30 * day - 1), 'live');
  assert.equal(at('no-targeting', 30 * day), 'lapsed');
  assert.equal(at('no-targeting', 1, { confirmed: new Map() }), 'lapsed');
});

test('an embargo opens at its instant', () => {
  assert.deepEqual(standingAt(terms, quiet, 20 * day - 1).opened, []);
  assert.deepEqual(standingAt(terms, quiet, 20 * day).opened, ['positions-to-fir']);
});

test('nothing changes by itself before the next change that was said', () => {
  const plain = (now: number) => {
    const { nextChange: _next, ...rest } = standingAt(terms, quiet, now);
    return { ...rest, assurances: [...rest.assurances] };
  };
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 120 * day }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (now, part) => {
        const next = standingAt(terms, quiet, now).nextChange;
        const until = next ?? 200 * day;
        assert.ok(until > now);
        assert.deepEqual(plain(now + Math.floor((until - 1 - now) * part)), plain(now));
      },
    ),
  );
  assert.equal(standingAt(terms, quiet, 100 * day).nextChange, undefined);
});

test('an agreement renews itself until somebody gives notice in time', () => {
  const validity: Validity = {
    from: 0,
    until: 100,
    renewal: { period: 50, unlessNotice: 10 },
    notice: 30,
  };
  const end = (now: number, ...notices: [number, 'no-renewal' | 'withdrawal'][]) =>
    endOf(
      validity,
      notices.map(([at, kind]) => ({ at, kind })),
      now,
    );
  assert.equal(end(0), 100);
  assert.equal(end(100), 150);
  assert.equal(end(99, [90, 'no-renewal']), 100);
  assert.equal(end(1000, [90, 'no-renewal']), 100);
  // Too late for this end: it holds for the next one.
  assert.equal(end(1000, [91, 'no-renewal']), 150);
  assert.equal(end(50, [20, 'withdrawal']), 50);
  // What is recorded for later has not happened yet.
  assert.equal(end(0, [20, 'withdrawal']), 100);
  assert.equal(endOf({ from: 0, until: 100 }, [{ at: 0, kind: 'withdrawal' }], 50), 100);
});

test('a confirmation stands for its period, and counts where the agreement asks for it', () => {
  const [elm, fir] = example.parties.map((one) => one.id);
  assert.equal(confirmedUntil(terms, fir!, day), 8 * day);
  assert.equal(confirmedUntil(terms, fir!, undefined), Number.NEGATIVE_INFINITY);
  assert.equal(confirmedUntil(terms, elm!, undefined), Number.POSITIVE_INFINITY);
});
