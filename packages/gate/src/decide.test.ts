import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgreementId, PartyId, PolicyId } from '@concord/label';
import { decide, type Permit, type Reason, type Release } from './index.ts';
import {
  ALDER,
  alder,
  BIRCH,
  birch,
  CEDAR,
  cedar,
  clause,
  corridor,
  grant,
  item,
  reader,
  state,
  straitWatch,
  world,
} from './testing/small-world.ts';

const dogwood = 'dogwood' as PartyId;
const second = 'second' as AgreementId;
const clausesOf = (release: Release | undefined) =>
  release?.permits.map((one) => ('home' in one ? `home ${one.home}` : `${one.agreement}/${one.clause}`));

test('in the small world everything is permitted', () => {
  assert.deepEqual(decide(world(), item(), reader()), {
    obligations: {},
    permits: [{ agreement: 'strait-watch', version: 3, clause: 'tracks' }],
  });
});

test('without a clause there is no release', () => {
  assert.equal(decide(world(state({ clauses: [] })), item(), reader()), undefined);
  assert.equal(decide({ ...world(), agreements: [] }, item(), reader()), undefined);
  assert.equal(
    decide(world(state({ clauses: [clause({ from: birch, to: alder })] })), item(), reader()),
    undefined,
  );
});

test('clauses on one item give the most restrictive join, and the release rests on all of them', () => {
  const where = world(
    state({
      clauses: [
        clause({ id: 'a', obligations: { position: { h3: 7 }, drop: ['shipName'] } }),
        clause({ id: 'b', obligations: { position: { h3: 5 }, delay: 2 } }),
        clause({ id: 'c', obligations: { delay: 3 }, ceiling: 'OPEN' }),
      ],
    }),
  );
  const release = decide(where, item(), reader());
  assert.deepEqual(release?.obligations, { position: { h3: 5 }, delay: 2, drop: ['shipName'] });
  assert.deepEqual(clausesOf(release), ['strait-watch/a', 'strait-watch/b']);
});

test('each of several originators must let the item go', () => {
  const both = item({ originators: [alder, cedar], consents: [] });
  assert.equal(decide(world(), both, reader()), undefined);
  const more = state({
    id: second,
    parties: [
      { id: cedar, name: 'Cedar', policy: ALDER },
      { id: birch, name: 'Birch', policy: BIRCH },
    ],
    clauses: [clause({ id: 'from-cedar', from: cedar, obligations: { delay: 4 } })],
  });
  const grants = [grant(), grant({ agreement: second })];
  const release = decide(world(state(), more), both, reader({ grants }));
  assert.deepEqual(release?.obligations, { delay: 4 });
  assert.deepEqual(clausesOf(release), ['strait-watch/tracks', 'second/from-cedar']);
  assert.equal(decide(world(state(), more), both, reader()), undefined, 'no grant under the second');
});

test('what is partly one’s own is released under the obligations of the others', () => {
  const where = world(state({ clauses: [clause({ obligations: { position: { h3: 6 } } })] }));
  const both = item({ originators: [alder, birch] });
  const release = decide(where, both, reader());
  assert.deepEqual(release?.obligations, { position: { h3: 6 } });
  assert.deepEqual(clausesOf(release), ['home birch', 'strait-watch/tracks']);
  assert.equal(decide(where, both, reader({ home: { level: 'NONE', compartments: [] } })), undefined);
  assert.equal(decide(where, item({ originators: [alder, birch], state: 'recalled' }), reader()), undefined);
  assert.equal(
    decide(where, item({ originators: [alder, birch], caveats: ['NOFORN'] }), reader()),
    undefined,
  );
});

test('one’s own is released as it is, embargo and caveats notwithstanding', () => {
  const own = item({
    originators: [birch],
    policy: BIRCH,
    classification: 'SECRET',
    caveats: ['NOFORN'],
    state: 'embargoed',
  });
  assert.deepEqual(decide({ ...world(), agreements: [] }, own, reader()), {
    obligations: {},
    permits: [{ home: birch }],
  });
});

test('of several grants under one agreement any one suffices, each for itself', () => {
  const where = world(state({ clauses: [clause({ purposes: ['rescue'] })] }));
  const high = grant({ level: 'SECRET', purposes: ['fishery'] });
  const low = grant({ level: 'OFFICIAL', purposes: ['rescue'] });
  for (const grants of [
    [high, low],
    [low, high],
  ]) {
    assert.ok(decide(where, item({ classification: 'RESTRICTED' }), reader({ grants })));
    assert.equal(decide(where, item({ classification: 'SECRET' }), reader({ grants })), undefined);
  }
  const twice = decide(where, item(), reader({ grants: [low, { ...low, level: 'SECRET' }] }));
  assert.deepEqual(clausesOf(twice), ['strait-watch/tracks'], 'a clause is named once');
});

const within = (id: string, h3?: number) =>
  clause({ id, within: 'corridor', obligations: h3 === undefined ? {} : { position: { h3 } } });

test('an area is judged again at the cell of the join: the fact of release says no more than the cell', () => {
  const where = world(
    state({ clauses: [within('fine', 8), clause({ id: 'coarse', obligations: { position: { h3: 4 } } })] }),
  );
  const at = (...areas: string[]) =>
    decide(where, item({ areas: areas.map((one) => corridor.hash + one) }), reader());
  assert.deepEqual(clausesOf(at('', '#8', '#4')), ['strait-watch/fine', 'strait-watch/coarse']);
  assert.deepEqual(clausesOf(at('', '#8')), ['strait-watch/coarse'], 'the cell of 4 reaches beyond the area');
  assert.deepEqual(at('', '#8')?.obligations, { position: { h3: 4 } });
  const alone = world(state({ clauses: [within('fine', 8), within('coarse', 4)] }));
  const facts = [corridor.hash, `${corridor.hash}#8`];
  assert.deepEqual(decide(alone, item({ areas: facts }), reader())?.obligations, { position: { h3: 8 } });
});

test('an originator whose clause does not hold at the joined cell denies', () => {
  const more = state({
    id: second,
    parties: [
      { id: cedar, name: 'Cedar', policy: ALDER },
      { id: birch, name: 'Birch', policy: BIRCH },
    ],
    clauses: [clause({ id: 'coarse', from: cedar, obligations: { position: { h3: 3 } } })],
  });
  const where = world(state({ clauses: [within('fine')] }), more);
  const facts = (...areas: string[]) => item({ originators: [alder, cedar], areas });
  const who = reader({ grants: [grant(), grant({ agreement: second })] });
  assert.ok(decide(where, facts(corridor.hash, `${corridor.hash}#3`), who));
  const trace: Reason[] = [];
  assert.equal(decide(where, facts(corridor.hash), who, trace), undefined);
  assert.match(trace.at(-1)?.says ?? '', /cell of resolution 3 does not lie within/);
});

test('what stems from several originators must serve one purpose that all of them allow', () => {
  const where = (a: string[], b: string[]) =>
    world(
      state({ clauses: [clause({ purposes: a })] }),
      state({
        id: second,
        parties: [
          { id: cedar, name: 'Cedar', policy: ALDER },
          { id: birch, name: 'Birch', policy: BIRCH },
        ],
        clauses: [clause({ id: 'from-cedar', from: cedar, purposes: b })],
      }),
    );
  const purposes = ['rescue', 'fishery'];
  const who = reader({ grants: [grant({ purposes }), grant({ agreement: second, purposes })] });
  const both = item({ originators: [alder, cedar] });
  assert.ok(decide(where(['rescue'], ['rescue', 'fishery']), both, who));
  assert.ok(decide(where(['rescue'], []), both, who));
  const trace: Reason[] = [];
  assert.equal(decide(where(['rescue'], ['fishery']), both, who, trace), undefined);
  assert.equal(trace.at(-1)?.rule, 'purpose');
});

const consenting = state({ thirdParties: 'originator-consent' });

test('a third party’s consent counts beside a clause under an agreement that lets it count', () => {
  const both = item({ originators: [alder, cedar], consents: [birch] });
  assert.deepEqual(clausesOf(decide(world(consenting), both, reader())), ['strait-watch/tracks']);
  assert.equal(decide(world(), both, reader()), undefined, 'never is the default');
  assert.equal(decide(world(consenting), { ...both, consents: [alder] }, reader()), undefined);
  const suspended = state({ thirdParties: 'originator-consent' }, { standing: 'suspended' });
  assert.equal(decide(world(suspended), both, reader()), undefined);
});

test('a consent alone releases nothing, nor do consents of third parties for one another', () => {
  assert.equal(
    decide(world(consenting), item({ originators: [cedar], consents: [birch] }), reader()),
    undefined,
  );
  const strangers = item({ originators: [cedar, dogwood], consents: [birch] });
  assert.equal(decide(world(consenting), strangers, reader()), undefined);
});

test('a consent does not count beside what is one’s own: no clause carries it', () => {
  const mixed = item({ originators: [birch, cedar], consents: [birch] });
  assert.equal(decide(world(consenting), mixed, reader()), undefined);
});

test('a consent does not stand in for a clause that denies', () => {
  const direct = state({
    id: second,
    parties: [
      { id: cedar, name: 'Cedar', policy: CEDAR },
      { id: birch, name: 'Birch', policy: BIRCH },
    ],
    clauses: [clause({ from: cedar, covers: ['report'] })],
  });
  const both = item({ originators: [alder, cedar], consents: [birch] });
  assert.equal(decide(world(consenting, direct), both, reader()), undefined);
  const ended = { ...direct, standing: 'ended' as const };
  assert.equal(decide(world(consenting, ended), both, reader()), undefined);
});

test('a consent does not undo what was promised never to be done', () => {
  const promise = state({
    id: second,
    parties: [
      { id: cedar, name: 'Cedar', policy: CEDAR },
      { id: dogwood, name: 'Dogwood', policy: CEDAR },
    ],
    clauses: [],
    never: [{ release: { kind: 'ais.position' }, to: 'any-other-party', says: '' }],
  });
  const both = item({ originators: [alder, cedar], consents: [birch] });
  assert.equal(decide(world(consenting, promise), both, reader()), undefined);
});

test('what nobody knows is denied', () => {
  const odd: [string, Release | undefined][] = [
    ['policy', decide(world(), item({ policy: 'X' as PolicyId }), reader())],
    ['level', decide(world(), item({ classification: 'X' }), reader())],
    ['originators', decide(world(), item({ originators: [] }), reader())],
    ['party', decide(world(), item(), reader({ party: 'x' as PartyId }))],
    ['door', decide(world(), item(), reader({ door: 'x' as 'api' }))],
    ['caveat', decide(world(), item({ caveats: ['X'] }), reader())],
    ['policies', decide({ ...world(), policies: new Map() }, item(), reader())],
    ['standing', decide(world(state({}, { standing: 'x' as 'ended' })), item(), reader())],
  ];
  for (const [what, release] of odd) assert.equal(release, undefined, what);
});

test('facts that are missing and rules that fail are denied', () => {
  for (const field of Object.keys(item()) as (keyof ReturnType<typeof item>)[]) {
    if (field === 'consents' || field === 'areas') continue;
    assert.equal(decide(world(), { ...item(), [field]: undefined }, reader()), undefined, field);
  }
  assert.equal(decide(world(), {} as ReturnType<typeof item>, reader()), undefined);
  assert.equal(decide(world(), item(), {} as ReturnType<typeof reader>), undefined);
  const broken = state({ never: [undefined as never] });
  const trace: Reason[] = [];
  assert.equal(decide(world(broken), item(), reader(), trace), undefined);
  assert.match(trace.at(-1)?.says ?? '', /cannot be judged/);
});

test('with and without words the answer is the same', () => {
  for (const one of [
    item(),
    item({ caveats: ['NOFORN'] }),
    item({ originators: [birch] }),
    item({ originators: [cedar] }),
  ]) {
    assert.deepEqual(decide(world(), one, reader(), []), decide(world(), one, reader()));
  }
});

test('a permit names the version of its agreement', () => {
  const release = decide(world(state({ version: 9 })), item(), reader());
  const expected: Permit[] = [{ agreement: straitWatch, version: 9, clause: 'tracks' }];
  assert.deepEqual(release?.permits, expected);
});
