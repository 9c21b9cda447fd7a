import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReleaseFacts, SubjectFacts, World } from '@concord/gate';
import type { OfficerId, PartyId, PolicyId } from '@concord/label';
import fc from 'fast-check';
import { Catalogue } from './catalogue.ts';
import { type Hold, Verdicts } from './holds.ts';
import { Standing } from './standing.ts';

const facts: ReleaseFacts = {
  policy: 'ALDER' as PolicyId,
  classification: 'SECRET',
  categories: [],
  caveats: [],
  purposes: [],
  dataMode: 'TEST',
  kind: 'report',
  originators: ['alder' as PartyId],
  areas: [],
  consents: [],
  state: 'normal',
};
const reader = (party: string): SubjectFacts => ({
  party: party as PartyId,
  roles: ['officer'],
  home: { level: 'SECRET', compartments: [] },
  grants: [{ agreement: 'a' as never, level: 'SECRET', compartments: [], purposes: [] }],
  purposes: [],
  door: 'live',
});
const world: World = {
  epoch: 1,
  policies: new Map([['ALDER' as PolicyId, { id: 'ALDER' as PolicyId, levels: ['OPEN', 'SECRET'] }]]),
  agreements: [
    {
      standing: 'in-force',
      assurances: new Map(),
      terms: {
        id: 'a' as never,
        version: 1,
        title: 'A',
        parties: [
          { id: 'alder' as PartyId, name: 'Alder', policy: 'ALDER' as PolicyId },
          { id: 'birch' as PartyId, name: 'Birch', policy: 'ALDER' as PolicyId },
        ],
        authority: { name: 'X', quorum: 'all' },
        inForce: { from: 0, until: 1e14 },
        equivalence: [],
        areas: [],
        assurances: [],
        clauses: [
          {
            id: 'c',
            from: 'alder' as PartyId,
            to: 'birch' as PartyId,
            covers: ['report'],
            ceiling: 'SECRET',
            purposes: [],
            obligations: {},
          },
        ],
        never: [],
        thirdParties: 'never',
      },
    } as unknown as World['agreements'][number],
  ],
};

/** A standing with one class of items, and a reader of its originator and one of another party. */
async function stage() {
  let next = 1;
  const standing = new Standing(
    {
      internReleaseClass: async () => 1,
      internSubjectClass: async () => next++,
      replaceAllowed: async () => undefined,
      setAllowedForReleaseClass: async () => undefined,
    },
    world,
  );
  for (const party of ['alder', 'birch']) standing.introduce(`x@${party}` as OfficerId, { ...reader(party) });
  await standing.releaseClass(facts);
  const admit = async (party: string) =>
    (
      await standing.admit({
        officer: `x@${party}` as OfficerId,
        party: party as PartyId,
        door: 'live',
        purposes: [],
      })
    ).subjectClass;
  const catalogue = new Catalogue({ internStream: async () => 1, internLabel: async () => 1 });
  return { standing, catalogue, own: await admit('alder'), other: await admit('birch') };
}

const small = fc.integer({ min: 0, max: 20 });
const anyHold: fc.Arbitrary<Hold> = fc.record(
  { stream: fc.integer({ min: 1, max: 3 }), item: small, from: small, to: small, lastSeq: small },
  { requiredKeys: ['stream', 'from', 'to', 'lastSeq'] },
);
const anyRow = fc.record({ stream: fc.integer({ min: 1, max: 3 }), seq: small, time: small });

test('what is held is its originator’s alone, nothing else is touched, and letting go gives no more than the matrix', async () => {
  const { standing, catalogue, own, other } = await stage();
  const allowed = standing.matrix.verdict(1, other);
  assert.notEqual(allowed, 0);
  fc.assert(
    fc.property(fc.array(anyHold, { maxLength: 5 }), fc.array(anyRow), (holds, rows) => {
      const verdicts = new Verdicts(standing, catalogue, () => 0);
      for (const one of holds) verdicts.hold(one);
      for (const row of rows) {
        const full = { ...row, label: 1, releaseClass: 1 };
        const meant = holds.some(
          (one) =>
            one.stream === row.stream &&
            row.seq <= one.lastSeq &&
            (one.item === undefined ? row.time >= one.from && row.time < one.to : row.seq === one.item),
        );
        assert.equal(verdicts.of(full, other), meant ? 0 : allowed);
        assert.equal(verdicts.of(full, own), standing.matrix.verdict(1, own));
      }
      for (const one of holds) verdicts.letGo(one);
      for (const row of rows)
        assert.equal(verdicts.of({ ...row, label: 1, releaseClass: 1 }, other), allowed);
    }),
  );
});

test('subject classes that nobody has any more are forgotten, and computed anew for who comes again', async () => {
  const { standing, other } = await stage();
  for (const one of [...standing.readers]) one.close();
  assert.equal(await standing.prune(60_000), 0);
  assert.equal(await standing.prune(0), 2);
  assert.equal(standing.matrix.verdict(1, other), 0);
  const again = await standing.admit({
    officer: 'x@birch' as OfficerId,
    party: 'birch' as PartyId,
    door: 'live',
    purposes: [],
  });
  assert.notEqual(standing.matrix.verdict(1, again.subjectClass), 0);
});
