import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OfficerId, PartyId } from '@concord/label';
import fc from 'fast-check';
import type { VersionEvent } from './event.ts';
import { advance, DRAFT, fits, fold, type Ground, type VersionState } from './state.ts';

const PARTIES = ['elm', 'fir', 'oak'] as PartyId[];
const BOARD = ['one@board', 'two@board', 'three@board'] as OfficerId[];
const STRANGER = 'four@board' as OfficerId;

const grounds: fc.Arbitrary<Ground> = fc.record({
  parties: fc.subarray(PARTIES, { minLength: 2 }),
  quorum: fc.constantFrom('all' as const, 1, 2, 3, 4),
});
const boards = fc.subarray(BOARD);
const reason = fc.constant('why');
const act = fc.oneof(
  fc.record({ kind: fc.constant('proposed' as const) }),
  fc.record({
    kind: fc.constant('signed' as const),
    party: fc.constantFrom(...PARTIES),
    jws: fc.constant('x'),
  }),
  fc.record({
    kind: fc.constant('signed' as const),
    party: fc.constantFrom(...PARTIES),
    jws: fc.constant('y'),
  }),
  fc.record({ kind: fc.constant('approved' as const), board: boards }),
  fc.record({ kind: fc.constant('approved' as const), board: fc.constant(BOARD) }),
  fc.record({ kind: fc.constant('activated' as const) }),
  fc.record({ kind: fc.constant('activated' as const) }),
  fc.record({ kind: fc.constant('suspended' as const), reason }),
  fc.record({ kind: fc.constant('terminated' as const), reason }),
  fc.record({ kind: fc.constant('withdrawn' as const), reason }),
  fc.record({ kind: fc.constant('notice' as const), reason, effective: fc.nat(100) }),
  fc.record({ kind: fc.constant('resume' as const), party: fc.constantFrom(...PARTIES) }),
  fc.record({ kind: fc.constant('resume' as const), board: boards }),
);
const event: fc.Arbitrary<VersionEvent> = fc
  .tuple(act, fc.constantFrom(...BOARD, STRANGER))
  .map(([one, by]): VersionEvent => ({ ...one, by, at: 0 }) as VersionEvent);
const events = fc.array(event, { maxLength: 40 });

/** A life in which everything happens in its order, so that properties meet versions that are in force. */
const life = (ground: Ground): VersionEvent[] => [
  { kind: 'proposed', by: BOARD[0]!, at: 1 },
  ...ground.parties.map((party) => ({ kind: 'signed' as const, party, jws: 'x', by: BOARD[0]!, at: 2 })),
  ...BOARD.map((by) => ({ kind: 'approved' as const, board: BOARD, by, at: 3 })),
  { kind: 'activated', by: BOARD[0]!, at: 4 },
];

/** Counted apart from the fold: what was said since the version was last proposed or voided. */
function agreed(list: readonly VersionEvent[], ground: Ground): { all: boolean; quorum: boolean } {
  const until = list.findLastIndex((one) => one.kind === 'activated');
  const before = list.slice(0, until < 0 ? list.length : until);
  const from = before.findLastIndex((one) => one.kind === 'suspended' || one.kind === 'terminated');
  const since = before.slice(from + 1);
  const signed = new Set(since.flatMap((one) => (one.kind === 'signed' ? [one.party] : [])));
  const approvals = since.filter((one) => one.kind === 'approved');
  const board = approvals.at(-1)?.board ?? [];
  const heads = board.filter((seat) => approvals.some(({ by }) => by === seat)).length;
  const needed = ground.quorum === 'all' ? board.length : ground.quorum;
  return { all: ground.parties.every((one) => signed.has(one)), quorum: board.length > 0 && heads >= needed };
}

test('no sequence of events puts a version in force without every signature and the quorum', () => {
  let active = 0;
  fc.assert(
    fc.property(grounds, events, fc.boolean(), (ground, list, orderly) => {
      const all = orderly ? [...life(ground).slice(0, list.length % 8), ...list] : list;
      // The prefix up to and with the activation that took effect.
      let state: VersionState = DRAFT;
      const counted: VersionEvent[] = [];
      for (const one of all) {
        if (!fits(state, one, ground)) continue;
        counted.push(one);
        state = advance(state, one, ground);
        if (one.kind !== 'activated') continue;
        active++;
        assert.deepEqual(agreed(counted, ground), { all: true, quorum: true });
        return;
      }
      assert.equal(state.activated, undefined);
    }),
    { numRuns: 3000 },
  );
  assert.ok(active > 50, `only ${active} runs came into force: the property has said little`);
});

test('whatever has happened, one event suspends or ends a version that is in force', () => {
  fc.assert(
    fc.property(
      grounds,
      events,
      fc.constantFrom('suspended' as const, 'terminated' as const),
      (ground, list, kind) => {
        const state = fold([...life(ground), ...list], ground);
        if (state.phase !== 'active') return;
        const after = advance(state, { kind, reason: 'why', by: STRANGER, at: 9 }, ground);
        assert.ok(kind === 'suspended' ? after.suspended !== undefined : after.phase === 'terminated');
      },
    ),
  );
});

test('a suspended version goes on only when every party and the quorum have agreed since', () => {
  fc.assert(
    fc.property(grounds, events, (ground, list) => {
      const suspended: VersionEvent = { kind: 'suspended', reason: 'why', by: BOARD[0]!, at: 5 };
      let state = fold([...life(ground), suspended], ground);
      if (!state.suspended) return assert.equal(state.phase !== 'active', true);
      let parties = new Set<PartyId>();
      for (const one of list) {
        if (one.kind === 'suspended') parties = new Set();
        if (one.kind === 'resume' && one.party) parties.add(one.party);
        state = advance(state, one, ground);
        if (state.phase !== 'active' || state.suspended) continue;
        assert.ok(ground.parties.every((party) => parties.has(party)));
        return undefined;
      }
      return undefined;
    }),
  );
});

test('what has ended stays ended, and a version that was active never becomes a draft or a proposal again', () => {
  fc.assert(
    fc.property(grounds, events, events, (ground, some, more) => {
      const state = fold([...life(ground), ...some], ground);
      const later = more.reduce((one, next) => advance(one, next, ground), state);
      if (state.phase === 'terminated' || state.phase === 'withdrawn') assert.deepEqual(later, state);
      if (state.activated) assert.ok(['active', 'terminated'].includes(later.phase));
    }),
  );
});

test('a narrowing voids what was signed and approved before a version is in force', () => {
  const ground: Ground = { parties: PARTIES, quorum: 'all' };
  for (const kind of ['suspended', 'terminated'] as const) {
    const before = fold(life(ground).slice(0, -1), ground);
    assert.equal(before.phase, 'approved');
    const after = advance(before, { kind, reason: 'why', by: STRANGER, at: 5 }, ground);
    assert.equal(after.phase, 'proposed');
    assert.equal(after.signatures.size, 0);
    assert.equal(fits(after, { kind: 'activated' }, ground), false);
  }
});

test('an empty board has no quorum, and a stranger does not count', () => {
  const ground: Ground = { parties: PARTIES, quorum: 1 };
  const signed = fold(life(ground).slice(0, 4), ground);
  assert.equal(signed.phase, 'signed');
  const by = STRANGER;
  assert.equal(advance(signed, { kind: 'approved', board: [], by, at: 5 }, ground).phase, 'signed');
  assert.equal(advance(signed, { kind: 'approved', board: BOARD, by, at: 5 }, ground).phase, 'signed');
  assert.equal(
    advance(signed, { kind: 'approved', board: BOARD, by: BOARD[1]!, at: 5 }, ground).phase,
    'approved',
  );
});
